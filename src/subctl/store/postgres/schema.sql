-- The store on a PostgreSQL server: the tables of schema 6, and all that the server itself refuses.
--
-- It is sent in one transaction by a member of subctl_owner (NOLOGIN, which owns the database) after SET ROLE.
-- Everybody else is a member of subctl_people (NOLOGIN): he reads and writes as the policies below let his login
-- role, and nothing lets him alter what is here. Whatever runs with the owner's rights names its search_path, with
-- pg_temp at its end: otherwise a temporary table of the same name would be found first.

CREATE SCHEMA subctl;
COMMENT ON SCHEMA subctl IS 'subctl';
SET LOCAL search_path = subctl, pg_temp;

CREATE TABLE version (
  version BIGINT NOT NULL
);
INSERT INTO version (version) VALUES (6);

CREATE DOMAIN day AS TEXT COLLATE "C" CHECK (VALUE ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$');

-- Tables ------------------------------------------------------------------------------------------------------------

CREATE TABLE store (
  id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
  sandbox BIGINT NOT NULL CHECK (sandbox IN (0, 1)),
  day day,
  last_write day,
  default_space TEXT COLLATE "C"
);

-- What everybody reads as `catalogs` is a view over this: the private plans of others aren't in it.
CREATE TABLE kept_catalogs (
  id BIGINT NOT NULL PRIMARY KEY,
  action TEXT COLLATE "C" NOT NULL CHECK (action IN ('import', 'drop', 'first')),
  valid_from day NOT NULL,
  imported_on day NOT NULL,
  content TEXT COLLATE "C" CHECK ((content IS NULL) = (action = 'drop'))
);

CREATE TABLE buyers (
  id BIGINT NOT NULL PRIMARY KEY,
  name TEXT COLLATE "C" NOT NULL,
  country TEXT COLLATE "C" NOT NULL CHECK (length(country) = 2),
  address TEXT COLLATE "C",
  vat_id TEXT COLLATE "C",
  email TEXT COLLATE "C",
  reference TEXT COLLATE "C",
  payment TEXT COLLATE "C",
  iban TEXT COLLATE "C",
  mandate TEXT COLLATE "C",
  language TEXT COLLATE "C",
  street TEXT COLLATE "C",
  postcode TEXT COLLATE "C",
  city TEXT COLLATE "C",
  legal_id TEXT COLLATE "C",
  endpoint TEXT COLLATE "C",
  buyer_reference TEXT COLLATE "C",
  contact TEXT COLLATE "C",
  phone TEXT COLLATE "C",
  e_invoice TEXT COLLATE "C"
);

CREATE TABLE spaces (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  buyer BIGINT NOT NULL REFERENCES buyers (id),
  active_users BIGINT NOT NULL CHECK (active_users >= 0),
  locked BIGINT NOT NULL DEFAULT 0 CHECK (locked IN (0, 1))
);
CREATE INDEX spaces_buyer ON spaces (buyer);
ALTER TABLE store ADD FOREIGN KEY (default_space) REFERENCES spaces (id) DEFERRABLE INITIALLY DEFERRED;

CREATE TABLE administrators (
  uid BIGINT CHECK (uid >= 0),
  space TEXT COLLATE "C" NOT NULL,
  account TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (account, space)
);

CREATE TABLE contracts (
  space TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES spaces (id),
  start day NOT NULL,
  billed_from day NOT NULL CHECK (billed_from >= start),
  entered_on day NOT NULL,
  first_billed day NOT NULL CHECK (first_billed >= billed_from),
  billed_until day NOT NULL CHECK (billed_until >= first_billed),
  "end" day,
  version BIGINT NOT NULL DEFAULT 1 CHECK (version > 0),
  entry BIGINT NOT NULL CHECK (entry >= 0)
);
CREATE INDEX contracts_due ON contracts (billed_until, space) WHERE "end" IS NULL OR billed_until < "end";
CREATE INDEX contracts_entered ON contracts (entered_on DESC, entry DESC);

CREATE TABLE steps (
  space TEXT COLLATE "C" NOT NULL REFERENCES contracts (space),
  start day NOT NULL,
  plan TEXT COLLATE "C" NOT NULL,
  users BIGINT NOT NULL CHECK (users > 0),
  licences TEXT COLLATE "C" NOT NULL,
  billing TEXT COLLATE "C" NOT NULL CHECK (billing IN ('monthly', 'annual')),
  anchor day,
  rates TEXT COLLATE "C",
  PRIMARY KEY (space, start),
  CHECK ((anchor IS NULL) = (billing = 'monthly'))
);

CREATE TABLE entries (
  id BIGINT NOT NULL PRIMARY KEY,
  space TEXT COLLATE "C" NOT NULL UNIQUE REFERENCES spaces (id),
  entered_on day NOT NULL,
  start day NOT NULL,
  billed_until day NOT NULL,
  plan TEXT COLLATE "C" NOT NULL,
  users BIGINT NOT NULL CHECK (users > 0),
  licences TEXT COLLATE "C" NOT NULL,
  billing TEXT COLLATE "C" NOT NULL CHECK (billing IN ('monthly', 'annual')),
  anchor day,
  CHECK ((anchor IS NULL) = (billing = 'monthly'))
);

-- A document leads only to documents of its own space: the keys have the space in them.

CREATE TABLE quotes (
  id BIGINT NOT NULL PRIMARY KEY,
  space TEXT COLLATE "C" NOT NULL REFERENCES spaces (id),
  date day NOT NULL,
  valid_until day NOT NULL,
  version BIGINT NOT NULL,
  catalog BIGINT NOT NULL REFERENCES kept_catalogs (id),
  buyer BIGINT NOT NULL REFERENCES buyers (id),
  boundary day,
  vat_category TEXT COLLATE "C" NOT NULL CHECK (vat_category IN ('S', 'AE', 'O', 'E')),
  vat_rate BIGINT NOT NULL CHECK (vat_rate >= 0),
  rules BIGINT NOT NULL CHECK (rules > 0),
  before TEXT COLLATE "C" NOT NULL,
  document TEXT COLLATE "C" NOT NULL,
  words TEXT COLLATE "C"
);
CREATE UNIQUE INDEX quotes_space ON quotes (space, id);

CREATE TABLE orders (
  id BIGINT NOT NULL PRIMARY KEY,
  space TEXT COLLATE "C" NOT NULL REFERENCES spaces (id),
  date day NOT NULL,
  kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('upgrade', 'downgrade', 'billing', 'cancel')),
  quote BIGINT,
  catalog BIGINT NOT NULL REFERENCES kept_catalogs (id),
  buyer BIGINT NOT NULL REFERENCES buyers (id),
  rules BIGINT NOT NULL CHECK (rules > 0),
  before TEXT COLLATE "C" NOT NULL,
  document TEXT COLLATE "C" NOT NULL,
  words TEXT COLLATE "C",
  FOREIGN KEY (space, quote) REFERENCES quotes (space, id)
);
CREATE UNIQUE INDEX orders_space ON orders (space, id);
CREATE UNIQUE INDEX orders_quote ON orders (quote) WHERE quote IS NOT NULL;

CREATE TABLE invoices (
  id BIGINT NOT NULL PRIMARY KEY,
  space TEXT COLLATE "C" NOT NULL REFERENCES spaces (id),
  "order" BIGINT,
  catalog BIGINT NOT NULL REFERENCES kept_catalogs (id),
  buyer BIGINT NOT NULL REFERENCES buyers (id),
  credits BIGINT CHECK ((credits IS NULL) = (kind <> 'credit')),
  kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('upgrade', 'recurring', 'credit')),
  date day NOT NULL,
  due_date day CHECK (due_date >= date),
  start day NOT NULL,
  "end" day NOT NULL CHECK ("end" > start),
  net BIGINT NOT NULL,
  vat BIGINT NOT NULL,
  total BIGINT NOT NULL CHECK (total = net + vat AND (total >= 0) = (kind <> 'credit')),
  vat_category TEXT COLLATE "C" NOT NULL CHECK (vat_category IN ('S', 'AE', 'O', 'E')),
  vat_rate BIGINT NOT NULL CHECK (vat_rate >= 0),
  vat_note TEXT COLLATE "C",
  rules BIGINT NOT NULL CHECK (rules > 0),
  lines TEXT COLLATE "C" NOT NULL,
  words TEXT COLLATE "C",
  FOREIGN KEY (space, "order") REFERENCES orders (space, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX invoices_space ON invoices (space, id);
CREATE INDEX invoices_order ON invoices ("order") WHERE "order" IS NOT NULL;
ALTER TABLE invoices ADD FOREIGN KEY (space, credits) REFERENCES invoices (space, id);

CREATE TABLE withdrawals (
  "order" BIGINT NOT NULL PRIMARY KEY REFERENCES orders (id),
  date day NOT NULL,
  credit_note BIGINT REFERENCES invoices (id)
);

CREATE TABLE mandates (
  id BIGINT NOT NULL PRIMARY KEY,
  name TEXT COLLATE "C" NOT NULL UNIQUE,
  space TEXT COLLATE "C" NOT NULL REFERENCES spaces (id),
  date day NOT NULL,
  signed day NOT NULL CHECK (signed <= date),
  scheme TEXT COLLATE "C" NOT NULL CHECK (scheme IN ('CORE', 'B2B')),
  iban TEXT COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX mandates_name ON mandates (lower(name));
CREATE INDEX mandates_space ON mandates (space, id);

CREATE TABLE mandate_ends (
  mandate BIGINT NOT NULL PRIMARY KEY REFERENCES mandates (id),
  date day NOT NULL
);

CREATE TABLE payments (
  id BIGINT NOT NULL PRIMARY KEY,
  space TEXT COLLATE "C" NOT NULL REFERENCES spaces (id),
  date day NOT NULL CHECK (date <= entered),
  amount BIGINT NOT NULL CHECK (amount <> 0 AND CASE kind
    WHEN 'receipt' THEN amount > 0 WHEN 'undo' THEN TRUE ELSE amount < 0 END),
  kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('receipt', 'refund', 'return', 'undo')),
  of BIGINT REFERENCES payments (id) CHECK ((of IS NULL) = (kind IN ('receipt', 'refund')) AND of < id),
  entered day NOT NULL,
  method TEXT COLLATE "C" NOT NULL CHECK (method IN ('bank', 'direct-debit', 'card', 'cash', 'other')),
  reference TEXT COLLATE "C",
  source TEXT COLLATE "C",
  parts TEXT COLLATE "C" NOT NULL
);
CREATE INDEX payments_space ON payments (space, id);
CREATE INDEX payments_of ON payments (of) WHERE of IS NOT NULL;
CREATE UNIQUE INDEX payments_source ON payments (source, space) WHERE source IS NOT NULL;

CREATE TABLE ignored (
  source TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  date day NOT NULL
);

CREATE TABLE collections (
  id BIGINT NOT NULL PRIMARY KEY,
  date day NOT NULL,
  debit_on day NOT NULL CHECK (debit_on > date),
  items TEXT COLLATE "C" NOT NULL
);

CREATE TABLE collection_drops (
  collection BIGINT NOT NULL PRIMARY KEY REFERENCES collections (id),
  date day NOT NULL
);

CREATE TABLE reminders (
  id BIGINT NOT NULL PRIMARY KEY,
  space TEXT COLLATE "C" NOT NULL REFERENCES spaces (id),
  date day NOT NULL,
  level BIGINT NOT NULL CHECK (level > 0),
  items TEXT COLLATE "C" NOT NULL
);
CREATE INDEX reminders_space ON reminders (space, id);

CREATE TABLE corrections (
  invoice BIGINT NOT NULL PRIMARY KEY REFERENCES invoices (id),
  credit_note BIGINT NOT NULL UNIQUE REFERENCES invoices (id),
  replacement BIGINT NOT NULL UNIQUE REFERENCES invoices (id),
  date day NOT NULL,
  reason TEXT COLLATE "C"
);

CREATE TABLE history (
  id BIGINT NOT NULL PRIMARY KEY,
  at TEXT COLLATE "C" NOT NULL,
  day day NOT NULL,
  uid BIGINT NOT NULL,
  account TEXT COLLATE "C" NOT NULL,
  action TEXT COLLATE "C" NOT NULL,
  space TEXT COLLATE "C",
  detail TEXT COLLATE "C" NOT NULL,
  seal TEXT COLLATE "C",
  state TEXT COLLATE "C",
  hash TEXT COLLATE "C" NOT NULL UNIQUE
);

-- A file's, kept as data: the seal of the state is over them too.
CREATE TABLE _sqlite_migrations (
  id BIGINT NOT NULL PRIMARY KEY,
  migration_set TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  applied_at TEXT COLLATE "C" NOT NULL
);

-- Where the store was moved to: from then on nothing is written here.
CREATE TABLE moved (
  place TEXT COLLATE "C" NOT NULL
);

-- What a transaction changed and no entry of the history says yet; empty between transactions.
CREATE TABLE owing (
  transaction xid8 NOT NULL DEFAULT pg_current_xact_id()
);

-- Store administrators who take their own right away: until their transaction ends they have it.
CREATE TABLE leaving (
  account TEXT COLLATE "C" NOT NULL,
  transaction xid8 NOT NULL DEFAULT pg_current_xact_id()
);

-- What each object of this schema was when it was made, for the check.
CREATE TABLE made (
  kind TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  plain TEXT COLLATE "C" NOT NULL,
  written TEXT COLLATE "C" NOT NULL,
  server BIGINT NOT NULL,
  PRIMARY KEY (kind, name)
);

-- Who it is: always the login role, whatever SET ROLE says ------------------------------------------------------------

CREATE FUNCTION whole_store() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = subctl, pg_temp
BEGIN ATOMIC
  SELECT EXISTS (SELECT FROM administrators WHERE account = session_user AND space = '')
    OR EXISTS (SELECT FROM leaving WHERE account = session_user AND transaction = pg_current_xact_id_if_assigned())
    OR current_setting('role') = 'subctl_owner';
END;

CREATE FUNCTION my_spaces() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER ROWS 3 SET search_path = subctl, pg_temp
BEGIN ATOMIC
  SELECT space FROM administrators WHERE account = session_user AND space <> '';
END;

-- The buyers that one's spaces and documents rest on.
CREATE FUNCTION my_buyers() RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER ROWS 30 SET search_path = subctl, pg_temp
BEGIN ATOMIC
  SELECT buyer FROM spaces WHERE id IN (SELECT my_spaces())
  UNION SELECT buyer FROM quotes WHERE space IN (SELECT my_spaces())
  UNION SELECT buyer FROM orders WHERE space IN (SELECT my_spaces())
  UNION SELECT buyer FROM invoices WHERE space IN (SELECT my_spaces());
END;

-- Whether a day is the seller's today; a sandbox stands on any. Where this server doesn't know the seller's time zone,
-- it can be today somewhere on earth.
CREATE FUNCTION timely(asked text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = subctl, pg_temp
AS $$
DECLARE
  sandboxed bigint;
  zone text;
BEGIN
  SELECT sandbox INTO sandboxed FROM store;
  IF sandboxed = 1 THEN
    RETURN TRUE;
  END IF;
  FOR zone IN SELECT DISTINCT content::json -> 'seller' ->> 'timezone' FROM kept_catalogs WHERE content IS NOT NULL LOOP
    BEGIN
      IF asked = to_char(now() AT TIME ZONE zone, 'YYYY-MM-DD') THEN
        RETURN TRUE;
      END IF;
    EXCEPTION WHEN invalid_parameter_value THEN
      IF asked = ANY (ARRAY(SELECT to_char(now() AT TIME ZONE 'UTC' + hours * interval '1 hour', 'YYYY-MM-DD')
          FROM generate_series(-12, 14) AS later (hours))) THEN
        RETURN TRUE;
      END IF;
    END;
  END LOOP;
  RETURN FALSE;
END;
$$;

-- Whether days are days of the calendar, and near enough that what begins on them ends on one that can be read; an
-- error says which is none.
CREATE FUNCTION dated(VARIADIC asked text[]) RETURNS boolean
LANGUAGE sql STABLE SET search_path = subctl, pg_temp
BEGIN ATOMIC
  SELECT coalesce(bool_and(each::date BETWEEN '1970-01-01' AND '2299-12-31'), TRUE)
  FROM unnest(asked) AS given (each) WHERE each IS NOT NULL;
END;

-- Whether a text can be shown: no sign in it moves what stands around it, and it is no book.
CREATE FUNCTION showable(asked text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = subctl, pg_temp
  RETURN length(asked) <= 10000
    AND asked !~ '[\u0001-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff\ufffe\uffff]';

-- Whether a value is made of texts and whole numbers alone, so that every reader can take it, however deep he goes.
CREATE FUNCTION plain(asked json, levels bigint) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE SET search_path = subctl, pg_temp
AS $$
BEGIN
  CASE json_typeof(asked)
    WHEN 'object' THEN
      RETURN levels > 0
        AND (SELECT coalesce(bool_and(showable(key) AND plain(value, levels - 1)), TRUE) FROM json_each(asked));
    WHEN 'array' THEN
      RETURN levels > 0
        AND (SELECT coalesce(bool_and(plain(value, levels - 1)), TRUE) FROM json_array_elements(asked));
    WHEN 'number' THEN
      RETURN asked::text ~ '^-?[0-9]{1,15}$';
    WHEN 'string' THEN
      RETURN showable(asked #>> '{}');
    ELSE
      RETURN TRUE;
  END CASE;
END;
$$;

-- What documents are made of (`store/facts.py`, `store/kept_words.py`). An object has these keys and no others: one with
-- a ? may be missing, * is any. A list is of one form, and has at least as many as the number says. A text says which
-- kind of value it is, which other form (#), or all values that there are; with a ? at its end it may be null, too.
CREATE FUNCTION form_of(name text) RETURNS json
LANGUAGE sql IMMUTABLE SET search_path = subctl, pg_temp
  RETURN CASE name
    WHEN 'snapshot' THEN '{"v": "2", "billed_until": "day", "end": "day?", "steps": ["#step", 1]}'
    WHEN 'change' THEN '{"v": "2", "issued": ["invoice"], "change": {"kind": "upgrade|downgrade|billing|none",
      "date": "day", "before": "#state", "after": "#state", "before_fee": "#fee", "after_fee": "#fee",
      "compared": "#compared?", "licences": ["text"], "currency": "currency", "available_from": "day?",
      "price_from": "day?", "free_until": "day?", "renews_on": "day?", "catch_up": ["#draft"], "due_now": "#draft?",
      "next_invoice": "#draft?", "rule": "text?"}}'
    WHEN 'cancellation' THEN '{"v": "2", "issued": ["invoice"], "cancellation": {"date": "day", "last_day": "day?",
      "currency": "currency", "catch_up": ["#draft"]}}'
    WHEN 'lines' THEN '{"v": "2", "lines": ["#line", 1], "vat": "#vat"}'
    WHEN 'words' THEN '{"lines": ["text"], "vat": "text?", "language": "en|fr|nl|de"}'
    WHEN 'all words' THEN '{"*": ["#words"]}'
    WHEN 'state' THEN '{"plan": "text", "users": "count", "licences": {"*": "count"}, "billing": "monthly|annual"}'
    WHEN 'step' THEN '{"start": "day", "plan": "text", "users": "count", "licences": {"*": "count"},
      "billing": "monthly|annual", "anchor": "day?", "rates": "#rates?"}'
    WHEN 'rates' THEN '{"user": "count", "licences": {"*": "count"}}'
    WHEN 'fee' THEN '{"amount": "count", "per": "month|year"}'
    WHEN 'compared' THEN '{"before": "count", "after": "count", "per": "month|year"}'
    WHEN 'draft' THEN '{"kind": "upgrade|recurring|credit", "date": "day", "period": "#period", "lines": ["#line", 1],
      "vat": "#vat"}'
    WHEN 'line' THEN '{"item": "text", "before": "#counted?", "after": "#counted", "quantity": "number",
      "rate": "number", "per": "month|year", "period": "#period", "months": "#months", "amount": "number",
      "words?": "text?"}'
    WHEN 'counted' THEN '{"name": "text", "title": "text", "number": "number", "rate": "number"}'
    WHEN 'period' THEN '{"start": "day", "end": "day"}'
    WHEN 'months' THEN '{"whole": "count", "days": "count", "of": "count"}'
    WHEN 'vat' THEN '{"category": "S|AE|O|E", "rate": "count", "country": "country?", "seller_vat_id": "text?",
      "vat_id": "text?", "exempt": "text?", "words?": "text?"}'
  END::json;

CREATE FUNCTION formed(asked json, form json) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = subctl, pg_temp
AS $$
DECLARE
  kind text := json_typeof(asked);
  wanted text := form #>> '{}';
  value text := asked #>> '{}';
BEGIN
  CASE json_typeof(form)
    WHEN 'object' THEN
      RETURN kind = 'object' AND NOT EXISTS (
        SELECT FROM json_object_keys(form) AS named (key)
        WHERE key <> '*' AND right(key, 1) <> '?' AND asked -> key IS NULL
      ) AND NOT EXISTS (
        SELECT FROM json_each(asked) WHERE NOT showable(key)
          OR formed(json_each.value, coalesce(form -> key, form -> (key || '?'), form -> '*')) IS NOT TRUE
      );
    WHEN 'array' THEN
      RETURN kind = 'array' AND (
        SELECT count(*) >= coalesce((form ->> 1)::bigint, 0) AND coalesce(bool_and(formed(each, form -> 0)), TRUE)
        FROM json_array_elements(asked) AS given (each)
      );
    ELSE
      IF right(wanted, 1) = '?' AND kind = 'null' THEN
        RETURN TRUE;
      END IF;
      wanted := rtrim(wanted, '?');
      RETURN CASE
        WHEN left(wanted, 1) = '#' THEN formed(asked, form_of(substr(wanted, 2)))
        WHEN wanted = 'number' THEN kind = 'number' AND value ~ '^-?[0-9]{1,15}$'
        WHEN wanted = 'count' THEN kind = 'number' AND value ~ '^[0-9]{1,15}$'
        WHEN kind <> 'string' THEN wanted = '2' AND value = '2'
        WHEN wanted = 'text' THEN showable(value)
        WHEN wanted = 'day' THEN value ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' AND dated(value)
        WHEN wanted = 'currency' THEN sold_in(value)
        WHEN wanted = 'country' THEN value ~ '^[A-Z]{2}$'
        WHEN wanted = 'invoice' THEN value ~ '^INV-[0-9]{4}-[0-9]{4,10}$'
        ELSE value = ANY (string_to_array(wanted, '|'))
      END;
  END CASE;
END;
$$;

-- Whether the seller's catalogs are in a currency.
CREATE FUNCTION sold_in(currency text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = subctl, pg_temp
BEGIN ATOMIC
  SELECT EXISTS (SELECT FROM kept_catalogs WHERE content::json ->> 'currency' = currency);
END;

-- By which rules documents are made today (domain/invoice.py), unless a newer program has made one by newer rules: what
-- an older one made isn't computed again by the check.
CREATE FUNCTION today_by(rules bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = subctl, pg_temp
BEGIN ATOMIC
  SELECT rules = greatest(2,
    (SELECT quotes.rules FROM quotes ORDER BY id DESC LIMIT 1),
    (SELECT orders.rules FROM orders ORDER BY id DESC LIMIT 1),
    (SELECT invoices.rules FROM invoices ORDER BY id DESC LIMIT 1));
END;

-- Whether a text is what documents of a form are kept as.
CREATE FUNCTION is_form(asked text, name text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = subctl, pg_temp
  RETURN asked IS NOT NULL AND formed(asked::json, form_of(name));

-- Whether an order says of each invoice that it issues, which it is.
CREATE FUNCTION numbered(ordered json) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = subctl, pg_temp
  RETURN json_array_length(ordered -> 'issued')
    = json_array_length(coalesce(ordered -> 'change', ordered -> 'cancellation') -> 'catch_up')
    + CASE json_typeof(ordered #> '{change,due_now}') WHEN 'object' THEN 1 ELSE 0 END;

-- Whether a text is an object of whole numbers that aren't too great to be counted with.
CREATE FUNCTION counted(asked text, most bigint) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = subctl, pg_temp
BEGIN ATOMIC
  SELECT coalesce(bool_and(showable(key) AND CASE
      WHEN json_typeof(value) = 'number' AND value::text ~ '^[0-9]{1,15}$' THEN value::text::bigint <= most ELSE FALSE
    END), TRUE)
  FROM json_each(asked::json);
END;

-- Whether the administrators of a space may issue a document of it: on its day, to a buyer of theirs.
CREATE FUNCTION may_issue(of_space text, on_day text, to_buyer bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = subctl, pg_temp
BEGIN ATOMIC
  SELECT of_space IN (SELECT my_spaces()) AND timely(on_day) AND to_buyer IN (SELECT my_buyers());
END;

-- Whether the administrators of a space may order: a locked one is its seller's to change.
CREATE FUNCTION unlocked(asked text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = subctl, pg_temp
BEGIN ATOMIC
  SELECT EXISTS (SELECT FROM spaces WHERE id = asked AND locked = 0 AND id IN (SELECT my_spaces()));
END;

-- Whether they may choose a plan: by the catalogs of today, and no private one of others.
CREATE FUNCTION may_order(of_space text, by_catalog bigint, wanted text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = subctl, pg_temp
BEGIN ATOMIC
  SELECT unlocked(of_space) AND by_catalog = (SELECT max(id) FROM kept_catalogs) AND (
    wanted IS NULL
    OR wanted IN (SELECT plan FROM steps WHERE space = of_space)
    OR EXISTS (
      SELECT FROM kept_catalogs CROSS JOIN json_each(content::json -> 'plans') AS plans
      WHERE content IS NOT NULL AND key = wanted AND (
        value -> 'spaces' IS NULL
        OR of_space IN (SELECT named FROM json_array_elements_text(value -> 'spaces') AS offered (named))
      )
    )
  );
END;

-- Whether a bill run says which invoices it issued, if any: theirs, of its day.
CREATE FUNCTION may_have_issued(numbers json, on_day text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = subctl, pg_temp
AS $$
DECLARE
  said text := numbers::text;
  first bigint;
  last bigint;
BEGIN
  IF numbers IS NULL OR json_typeof(numbers) = 'null' OR said ~ '^[[][ ]*[]]$' THEN
    RETURN TRUE;
  END IF;
  IF said !~ '^[[]"INV-[0-9]{4}-[0-9]{4,10}", ?"INV-[0-9]{4}-[0-9]{4,10}"[]]$' THEN
    RETURN FALSE;
  END IF;
  SELECT min(id), max(id) INTO first, last
    FROM (SELECT substr(each, 5, 4)::bigint * 10000000000 + substr(each, 10)::bigint
      FROM json_array_elements_text(numbers) AS given (each)) AS named (id);
  RETURN (SELECT count(*) = last - first + 1 AND bool_and(date = on_day AND space IN (SELECT my_spaces()))
    FROM invoices WHERE id BETWEEN first AND last);
END;
$$;

-- What is asked of the whole store ------------------------------------------------------------------------------------

CREATE FUNCTION newest_id("table" text) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = subctl, pg_temp
AS $$
DECLARE
  found bigint;
BEGIN
  IF "table" = ANY (ARRAY['buyers', 'quotes', 'orders', 'invoices']) THEN
    IF NOT (whole_store() OR EXISTS (SELECT my_spaces())) THEN
      RAISE 'permission denied for the numbers of %', "table" USING ERRCODE = 'insufficient_privilege';
    END IF;
  ELSIF "table" = ANY (ARRAY['catalogs', 'entries', 'mandates', 'payments', 'collections', 'reminders', 'history',
      '_sqlite_migrations']) THEN
    IF NOT whole_store() THEN
      RAISE 'permission denied for the numbers of %', "table" USING ERRCODE = 'insufficient_privilege';
    END IF;
  ELSE
    RAISE 'no table of numbered rows is called so' USING ERRCODE = 'undefined_table';
  END IF;
  EXECUTE format('SELECT max(id) FROM subctl.%I', CASE "table" WHEN 'catalogs' THEN 'kept_catalogs' ELSE "table" END)
    INTO found;
  RETURN found;
END;
$$;

CREATE FUNCTION first_hash() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = subctl, pg_temp
BEGIN ATOMIC
  SELECT hash FROM history ORDER BY id LIMIT 1;
END;

CREATE FUNCTION head(OUT id bigint, OUT hash text, OUT seal text, OUT state text) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = subctl, pg_temp
BEGIN ATOMIC
  SELECT history.id, history.hash, history.seal, history.state FROM history ORDER BY history.id DESC LIMIT 1;
END;

-- Entries of the history, in their order. What they say must be so: whose they are, their places in the chain, that each
-- seals no less than the one before and no more than there is, and that the last one seals all documents there are.
CREATE FUNCTION add_entries(rows json) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = subctl, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  given record;
  place bigint;
  previous text;
  before text;
  seal text;
  since bigint[];
  reached bigint[];
  newest bigint[] := newest_sealed();
BEGIN
  IF EXISTS (SELECT FROM moved) THEN
    RAISE 'the store was moved' USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  SELECT head.id, head.hash, head.seal, head.state INTO place, previous, seal, before FROM head() AS head;
  place := coalesce(place, 0);
  previous := coalesce(previous, repeat('0', 64));
  since := coalesce(reached_by(seal), array_fill(0::bigint, ARRAY[array_length(newest, 1)]));
  FOR given IN
    SELECT entry.*, row_number() OVER () = count(*) OVER () AS is_last
    FROM json_to_recordset(rows) AS entry (id bigint, at text, day text, uid bigint, account text, action text,
      space text, detail text, seal text, state text, hash text)
  LOOP
    place := place + 1;
    IF given.account IS DISTINCT FROM session_user::text THEN
      RAISE 'an entry is written under one''s own account' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF given.id IS DISTINCT FROM place THEN
      RAISE 'the next entry is %', place USING ERRCODE = 'check_violation';
    END IF;
    IF (length(given.state) = 512 AND given.state !~ '[^0-9a-f]') IS NOT TRUE THEN
      RAISE 'an entry has the seal of the state' USING ERRCODE = 'check_violation';
    END IF;
    reached := reached_by(given.seal);
    IF reached IS NULL OR given.is_last AND reached <> newest OR EXISTS (
      SELECT FROM unnest(reached, since, newest) AS each (this, first, last) WHERE this NOT BETWEEN first AND last
    ) THEN
      RAISE 'an entry seals all documents there are' USING ERRCODE = 'check_violation';
    END IF;
    IF given.hash IS DISTINCT FROM encode(sha256(convert_to('[' || concat_ws(',',
        to_json(previous), to_json(given.at), to_json(given.day), given.uid, to_json(given.account),
        to_json(given.action), coalesce(to_json(given.space)::text, 'null'), to_json(given.detail),
        to_json(given.seal), to_json(given.state)) || ']', 'UTF8')), 'hex') THEN
      RAISE 'an entry has the hash of itself and the one before' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT whole_store() THEN
      PERFORM refuse_entry(given.at, given.day, given.action, given.space, given.detail,
        changes => given.state IS DISTINCT FROM before);
    END IF;
    previous := given.hash;
    since := reached;
    before := given.state;
  END LOOP;
  IF NOT FOUND THEN
    RAISE 'there is no entry' USING ERRCODE = 'check_violation';
  END IF;
  INSERT INTO history (id, at, day, uid, account, action, space, detail, seal, state, hash)
    SELECT id, at, day, uid, account, action, space, detail, seal, state, hash
    FROM json_to_recordset(rows) AS entry (id bigint, at text, day text, uid bigint, account text, action text,
      space text, detail text, seal text, state text, hash text);
END;
$$;

-- The newest row of each table that a seal is over, in the order in which it names them.
CREATE FUNCTION newest_sealed() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = subctl, pg_temp
BEGIN ATOMIC
  SELECT ARRAY[
    coalesce((SELECT max(id) FROM kept_catalogs), 0),
    coalesce((SELECT max(id) FROM buyers), 0),
    coalesce((SELECT max(id) FROM quotes), 0),
    coalesce((SELECT max(id) FROM orders), 0),
    coalesce((SELECT max(id) FROM invoices), 0),
    coalesce((SELECT max(id) FROM payments), 0),
    coalesce((SELECT max(id) FROM collections), 0),
    coalesce((SELECT max(id) FROM reminders), 0)
  ];
END;

-- Up to which row of each table a seal reaches; nothing where it is none, or says more.
CREATE FUNCTION reached_by(seal text) RETURNS bigint[]
LANGUAGE sql IMMUTABLE SET search_path = subctl, pg_temp
BEGIN ATOMIC
  SELECT CASE
    WHEN seal = '{' || string_agg(concat('"', name, '":[', (value ->> 0)::bigint, ',', CASE
        WHEN value ->> 1 ~ '^[0-9a-f]{64}$' THEN to_json(value ->> 1)::text ELSE 'null' END, ']'), ',' ORDER BY place) || '}'
      AND array_agg(name ORDER BY place)
        = ARRAY['catalogs', 'buyers', 'quotes', 'orders', 'invoices', 'payments', 'collections', 'reminders']
    THEN array_agg((value ->> 0)::bigint ORDER BY place)
  END
  FROM json_each(seal::json) WITH ORDINALITY AS said (name, value, place);
END;

-- Whoever isn't a store administrator notes what he may do, in his own space; and whatever was refused to him.
CREATE FUNCTION refuse_entry(at text, day text, action text, space text, detail text, changes boolean) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = subctl, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
  said json;
BEGIN
  IF (timely(day) AND dated(day)) IS NOT TRUE THEN
    RAISE 'an entry is of its day' USING ERRCODE = 'check_violation';
  END IF;
  IF (at ~ '^[0-9]{4}(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){2}[+-][0-9]{2}:[0-9]{2}$' AND at::timestamptz IS NOT NULL
      AND action ~ '^[a-z][a-z _-]{0,39}$' AND ((SELECT sandbox = 1 FROM store)
        OR at::timestamptz BETWEEN now() - interval '1 day' AND now() + interval '1 day')
      AND (space IS NULL OR space ~ '^[a-z0-9]([a-z0-9._-]{0,38}[a-z0-9])?$')
      AND json_typeof(detail::json) = 'object'
      AND plain(detail::json, 8)
      AND (action <> 'space set' OR json_typeof(detail::json -> 'refused') = 'string'
        OR json_typeof(detail::json #> '{after,active_users}') = 'number'
          AND json_typeof(detail::json #> '{after,locked}') = 'boolean')) IS NOT TRUE THEN
    RAISE 'an entry can be read' USING ERRCODE = 'check_violation';
  END IF;
  said := detail::json;
  IF (said ->> 'refused') IS NOT NULL THEN
    IF changes OR EXISTS (SELECT FROM owing)
        OR EXISTS (SELECT FROM json_object_keys(said) AS named (key) WHERE key NOT IN ('refused', 'message', 'as_support'))
    THEN
      RAISE 'a refusal changes nothing' USING ERRCODE = 'check_violation';
    END IF;
  ELSIF (
    CASE WHEN space IS NULL THEN action = 'bill' AND EXISTS (SELECT my_spaces()) ELSE space IN (SELECT my_spaces()) END
    AND action IN ('apply', 'bill', 'cancel', 'downgrade', 'order', 'quote', 'space set', 'upgrade', 'withdraw')
    AND (said -> 'as_support') IS NULL
  ) IS NOT TRUE THEN
    RAISE 'permission denied for an entry on this' USING ERRCODE = 'insufficient_privilege';
  ELSIF action = 'bill' AND may_have_issued(said -> 'numbers', day) IS NOT TRUE THEN
    RAISE 'a bill run says which invoices it issued' USING ERRCODE = 'check_violation';
  END IF;
END;
$$;

-- What triggers refuse -------------------------------------------------------------------------------------------------

CREATE FUNCTION never() RETURNS trigger
LANGUAGE plpgsql SET search_path = subctl, pg_temp
AS $$
BEGIN
  RAISE '% are never changed', TG_ARGV[0] USING ERRCODE = 'restrict_violation';
END;
$$;

-- Rows are numbered without gaps: by their place, or by year where a column has their day (pricing.md 7.1).
CREATE FUNCTION next_number() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = subctl, pg_temp
AS $$
DECLARE
  first bigint;
  last bigint;
  newest bigint;
  before bigint;
  before_day text := '';
  wrong bigint;
BEGIN
  SELECT min(id), max(id) INTO first, last FROM fresh;
  IF first IS NULL THEN
    RETURN NULL;
  END IF;
  EXECUTE format('SELECT max(id) FROM subctl.%I', TG_TABLE_NAME) INTO newest;
  EXECUTE format('SELECT max(id) FROM subctl.%I WHERE id < $1', TG_TABLE_NAME) INTO before USING first;
  before := coalesce(before, 0);
  IF TG_NARGS = 0 THEN
    SELECT min(id) INTO wrong FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM fresh) AS numbered
      WHERE id <> before + place;
  ELSE
    EXECUTE format('SELECT %I FROM subctl.%I WHERE id = $1', TG_ARGV[0], TG_TABLE_NAME) INTO before_day USING before;
    EXECUTE format(
      'SELECT min(id) FROM (SELECT id, %1$I AS day, lag(id, 1, $1) OVER (ORDER BY id) AS before,'
      ' lag(%1$I::text, 1, $2) OVER (ORDER BY id) AS before_day FROM fresh) AS numbered'
      ' WHERE id <> greatest(before, id / 10000000000 * 10000000000) + 1'
      ' OR left(day, 4) <> lpad((id / 10000000000)::text, 4, ''0'') OR day < before_day COLLATE "C"',
      TG_ARGV[0]
    ) INTO wrong USING before, coalesce(before_day, '');
  END IF;
  IF newest <> last OR wrong IS NOT NULL THEN
    RAISE 'the number % of % is not the next', coalesce(wrong, first), TG_TABLE_NAME USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END;
$$;

-- Whatever is changed is owed an entry of the history, before the transaction ends.
CREATE FUNCTION owe() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = subctl, pg_temp
AS $$
BEGIN
  IF EXISTS (SELECT FROM changed) THEN
    PERFORM owe_entry();
  END IF;
  RETURN NULL;
END;
$$;

CREATE FUNCTION owe_entry() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = subctl, pg_temp
AS $$
BEGIN
  IF EXISTS (SELECT FROM moved) THEN
    RAISE 'the store was moved' USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  IF NOT EXISTS (SELECT FROM owing) THEN
    INSERT INTO owing DEFAULT VALUES;
  END IF;
END;
$$;

CREATE FUNCTION owe_nothing() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = subctl, pg_temp
AS $$
BEGIN
  DELETE FROM owing;
  RETURN NULL;
END;
$$;

CREATE FUNCTION refuse_owing() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = subctl, pg_temp
AS $$
BEGIN
  IF EXISTS (SELECT FROM owing WHERE transaction = NEW.transaction) THEN
    RAISE 'no entry of the history says what was changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END;
$$;

CREATE CONSTRAINT TRIGGER owing_nothing AFTER INSERT ON owing DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION refuse_owing();
CREATE TRIGGER history_pays AFTER INSERT ON history FOR EACH STATEMENT EXECUTE FUNCTION owe_nothing();

-- The clock of the store goes forward; what a store administrator set in it stays.
CREATE FUNCTION guard_store() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = subctl, pg_temp
AS $$
BEGIN
  IF NOT whole_store() AND (
    NEW.default_space IS DISTINCT FROM OLD.default_space
    OR NEW.last_write IS NULL
    OR NEW.last_write < OLD.last_write
    OR NOT timely(NEW.last_write)
    OR NOT dated(NEW.last_write)
    OR NEW.day IS DISTINCT FROM CASE NEW.sandbox WHEN 1 THEN NEW.last_write END
  ) THEN
    RAISE 'permission denied for this change of the store' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END;
$$;

-- A space's own administrators leave its lock, and point it at the buyer that they just made, who is debited by his own
-- mandate if by any.
CREATE FUNCTION guard_space() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = subctl, pg_temp
AS $$
BEGIN
  IF NOT whole_store() AND (
    NEW.locked <> OLD.locked
    OR NEW.active_users > 1000000
    OR NEW.buyer <> OLD.buyer AND (
      NEW.buyer <> (SELECT max(id) FROM buyers)
      OR EXISTS (SELECT FROM spaces WHERE buyer = NEW.buyer)
      OR EXISTS (SELECT FROM buyers WHERE id = NEW.buyer AND mandate IS NOT NULL AND NOT EXISTS (
        SELECT FROM mandates WHERE lower(mandates.name) = lower(mandate) AND mandates.space = NEW.id))
    )
  ) THEN
    RAISE 'permission denied for this change of the space %', OLD.id USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END;
$$;

-- A locked contract is billed, and not changed.
CREATE FUNCTION guard_contract() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = subctl, pg_temp
AS $$
BEGIN
  IF NOT whole_store() AND NOT unlocked(OLD.space) THEN
    RAISE 'permission denied for this change of the contract of %', OLD.space USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END;
$$;

CREATE FUNCTION leave() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = subctl, pg_temp
AS $$
BEGIN
  DELETE FROM leaving;
  INSERT INTO leaving (account) VALUES (OLD.account);
  RETURN NULL;
END;
$$;

CREATE TRIGGER store_guarded BEFORE UPDATE ON store
  FOR EACH ROW WHEN (current_user <> 'subctl_owner') EXECUTE FUNCTION guard_store();
CREATE TRIGGER contracts_guarded BEFORE UPDATE ON contracts
  FOR EACH ROW WHEN (current_user <> 'subctl_owner'
    AND (NEW."end" IS DISTINCT FROM OLD."end" OR NEW.version <> OLD.version)) EXECUTE FUNCTION guard_contract();
CREATE TRIGGER spaces_guarded BEFORE UPDATE ON spaces
  FOR EACH ROW WHEN (current_user <> 'subctl_owner') EXECUTE FUNCTION guard_space();

-- A contract without a price step can't be read, and no list in which it is.
CREATE FUNCTION leave_a_step() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = subctl, pg_temp
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM steps WHERE space = OLD.space) THEN
    RAISE 'the contract of % has no price step', OLD.space USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END;
$$;

CREATE CONSTRAINT TRIGGER steps_are_left AFTER DELETE ON steps DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION leave_a_step();

CREATE TRIGGER administrators_leave AFTER DELETE ON administrators
  FOR EACH ROW WHEN (OLD.space = '' AND OLD.account = session_user::text) EXECUTE FUNCTION leave();

DO $$
DECLARE
  kept text;
  dated text;
  done text;
BEGIN
  FOREACH kept IN ARRAY ARRAY['kept_catalogs', 'buyers', 'entries', 'quotes', 'orders', 'invoices', 'withdrawals',
      'mandates', 'mandate_ends', 'payments', 'ignored', 'collections', 'collection_drops', 'reminders', 'corrections',
      'history', 'made'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION never(%L)',
      kept || '_never', kept, replace(kept, 'kept_', ''));
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION never(%L)',
      kept || '_never_all', kept, replace(kept, 'kept_', ''));
  END LOOP;
  FOREACH kept IN ARRAY ARRAY['kept_catalogs', 'buyers', 'entries', 'mandates', 'history'] LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT'
      ' EXECUTE FUNCTION next_number()', kept || '_number', kept);
  END LOOP;
  FOREACH kept IN ARRAY ARRAY['quotes', 'orders', 'invoices', 'payments', 'collections', 'reminders'] LOOP
    dated := CASE kept WHEN 'payments' THEN 'entered' ELSE 'date' END;
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT'
      ' EXECUTE FUNCTION next_number(%L)', kept || '_number', kept, dated);
  END LOOP;
  FOREACH kept IN ARRAY ARRAY['store', 'buyers', 'spaces', 'administrators', 'contracts', 'steps', 'entries', 'quotes',
      'orders', 'invoices', 'withdrawals', 'mandates', 'mandate_ends', 'payments', 'ignored', 'collections',
      'collection_drops', 'reminders', 'corrections'] LOOP
    FOREACH done IN ARRAY ARRAY['INSERT', 'UPDATE', 'DELETE'] LOOP
      EXECUTE format('CREATE TRIGGER %I AFTER %s ON %I REFERENCING %s TABLE AS changed FOR EACH STATEMENT'
        ' WHEN (current_user <> ''subctl_owner'') EXECUTE FUNCTION owe()',
        kept || '_owes_' || lower(done), done, kept, CASE done WHEN 'DELETE' THEN 'OLD' ELSE 'NEW' END);
    END LOOP;
  END LOOP;
END;
$$;

-- Catalogs: to whoever administers spaces alone, without the private plans of others ---------------------------------

-- A plan stays where it is offered to one of his spaces, or one of them has or had it. A catalog has at least a plan:
-- where all are others', one stands in their place that nobody can choose. To compile it would take a second.
CREATE FUNCTION seen(content text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = subctl, pg_temp SET jit = off
BEGIN ATOMIC
  SELECT json_object_agg(part.key, CASE part.key WHEN 'plans' THEN (
      SELECT coalesce(
        json_object_agg(plan.key, CASE WHEN plan.value -> 'spaces' IS NULL THEN plan.value ELSE (
            SELECT json_object_agg(field.key, CASE field.key WHEN 'spaces' THEN (
                SELECT coalesce(json_agg(space), '["others"]'::json)
                FROM json_array_elements_text(field.value) AS named (space) WHERE space IN (SELECT my_spaces())
              ) ELSE field.value END ORDER BY field.place)
            FROM json_each(plan.value) WITH ORDINALITY AS field (key, value, place)
          ) END ORDER BY plan.place)
        FILTER (WHERE plan.value -> 'spaces' IS NULL
          OR plan.key IN (SELECT steps.plan FROM steps WHERE steps.space IN (SELECT my_spaces())
            UNION SELECT entries.plan FROM entries WHERE entries.space IN (SELECT my_spaces()))
          OR EXISTS (SELECT FROM json_array_elements_text(plan.value -> 'spaces') AS named (space)
            WHERE space IN (SELECT my_spaces()))),
        '{"private":{"title":"private","monthly":"0","annual":"0","self_service":false,"spaces":["others"]}}'::json)
      FROM json_each(part.value) WITH ORDINALITY AS plan (key, value, place)
    ) ELSE part.value END ORDER BY part.place)::text
  FROM json_each(content::json) WITH ORDINALITY AS part (key, value, place);
END;

CREATE VIEW catalogs WITH (security_barrier) AS
  SELECT id, action, valid_from::text COLLATE "C" AS valid_from, imported_on::text COLLATE "C" AS imported_on,
    CASE WHEN (SELECT whole_store()) THEN content ELSE seen(content) END AS content
  FROM kept_catalogs;

CREATE FUNCTION keep_catalog() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = subctl, pg_temp
AS $$
BEGIN
  IF NOT whole_store() THEN
    RAISE 'permission denied for catalogs' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO kept_catalogs (id, action, valid_from, imported_on, content)
    VALUES (NEW.id, NEW.action, NEW.valid_from, NEW.imported_on, NEW.content);
  IF current_setting('role') <> 'subctl_owner' THEN
    PERFORM owe_entry();
  END IF;
  RETURN NEW;
END;
$$;

CREATE TRIGGER catalogs_kept INSTEAD OF INSERT ON catalogs FOR EACH ROW EXECUTE FUNCTION keep_catalog();

-- Values as literals, as `Table.literals` has them written ---------------------------------------------------------------

CREATE FUNCTION quote(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN coalesce('''' || replace(value, '''', '''''') || '''', 'NULL');
CREATE FUNCTION quote(value bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN coalesce(value::text, 'NULL');

-- Who may do what ----------------------------------------------------------------------------------------------------------
-- A policy asks for the login role's rights once a query, not once a row: each stands in a subselect.

DO $$
DECLARE
  kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY['version', 'store', 'kept_catalogs', 'buyers', 'spaces', 'administrators', 'contracts',
      'steps', 'entries', 'quotes', 'orders', 'invoices', 'withdrawals', 'mandates', 'mandate_ends', 'payments',
      'ignored', 'collections', 'collection_drops', 'reminders', 'corrections', 'history', '_sqlite_migrations', 'made',
      'moved', 'owing', 'leaving'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', kept);
  END LOOP;
  FOREACH kept IN ARRAY ARRAY['contracts', 'steps', 'entries', 'quotes', 'orders', 'invoices', 'mandates', 'payments',
      'reminders'] LOOP
    EXECUTE format('CREATE POLICY reading ON %I FOR SELECT TO subctl_people'
      ' USING ((SELECT whole_store()) OR space IN (SELECT my_spaces()))', kept);
  END LOOP;
  FOREACH kept IN ARRAY ARRAY['ignored', 'collections', 'collection_drops', '_sqlite_migrations'] LOOP
    EXECUTE format('CREATE POLICY reading ON %I FOR SELECT TO subctl_people USING ((SELECT whole_store()))', kept);
  END LOOP;
  FOREACH kept IN ARRAY ARRAY['spaces', 'administrators', 'contracts', 'entries', 'mandates', 'mandate_ends',
      'payments', 'ignored', 'collections', 'collection_drops', 'reminders', 'corrections', 'moved'] LOOP
    EXECUTE format('CREATE POLICY adding ON %I FOR INSERT TO subctl_people WITH CHECK ((SELECT whole_store()))', kept);
  END LOOP;
END;
$$;

CREATE POLICY reading ON version FOR SELECT TO subctl_people USING (TRUE);
CREATE POLICY reading ON made FOR SELECT TO subctl_people USING (TRUE);
CREATE POLICY reading ON moved FOR SELECT TO subctl_people USING (TRUE);
CREATE POLICY reading ON store FOR SELECT TO subctl_people USING (TRUE);
CREATE POLICY changing ON store FOR UPDATE TO subctl_people
  USING ((SELECT whole_store()) OR EXISTS (SELECT my_spaces()));

CREATE POLICY reading ON buyers FOR SELECT TO subctl_people
  USING ((SELECT whole_store()) OR id IN (SELECT my_buyers()));
CREATE POLICY adding ON buyers FOR INSERT TO subctl_people WITH CHECK (
  (SELECT whole_store())
  OR EXISTS (SELECT my_spaces()) AND name <> '' AND country ~ '^[A-Z]{2}$'
    AND payment IN ('invoice', 'direct-debit', 'card') IS NOT FALSE
    AND language IN ('en', 'fr', 'nl', 'de') IS NOT FALSE
    AND e_invoice IN ('peppol', 'xrechnung', 'fr', 'en16931') IS NOT FALSE
    AND showable(concat_ws(chr(10), name, address, vat_id, email, reference, iban, mandate, street, postcode, city,
      legal_id, endpoint, buyer_reference, contact, phone))
);

CREATE POLICY reading ON spaces FOR SELECT TO subctl_people
  USING ((SELECT whole_store()) OR id IN (SELECT my_spaces()));
CREATE POLICY changing ON spaces FOR UPDATE TO subctl_people
  USING ((SELECT whole_store()) OR id IN (SELECT my_spaces()));

CREATE POLICY reading ON administrators FOR SELECT TO subctl_people
  USING (account = session_user::text OR (SELECT whole_store()));
CREATE POLICY removing ON administrators FOR DELETE TO subctl_people USING ((SELECT whole_store()));

CREATE POLICY changing ON contracts FOR UPDATE TO subctl_people
  USING ((SELECT whole_store()) OR space IN (SELECT my_spaces()))
  WITH CHECK ((SELECT whole_store()) OR space IN (SELECT my_spaces()) AND dated(billed_until, "end")
    AND version <= 1000000000000000);
CREATE POLICY adding ON steps FOR INSERT TO subctl_people WITH CHECK (
  (SELECT whole_store())
  OR unlocked(space) AND dated(start, anchor) AND users <= 1000000 AND showable(plan)
    AND counted(licences, 1000000)
    AND (rates IS NULL OR counted(rates, 1000000000000) AND rates::json -> 'users' IS NOT NULL)
);
CREATE POLICY removing ON steps FOR DELETE TO subctl_people
  USING ((SELECT whole_store()) OR space IN (SELECT my_spaces()) AND unlocked(space));

CREATE POLICY adding ON quotes FOR INSERT TO subctl_people WITH CHECK (
  (SELECT whole_store())
  OR may_issue(space, date, buyer) AND may_order(space, catalog, document::json #>> '{change,after,plan}')
    AND dated(date, valid_until, boundary)
    AND today_by(rules) AND vat_rate <= 1000000
    AND is_form(before, 'snapshot') AND is_form(document, 'change') AND is_form(words, 'all words')
);
CREATE POLICY adding ON orders FOR INSERT TO subctl_people WITH CHECK (
  (SELECT whole_store())
  OR may_issue(space, date, buyer) AND may_order(space, catalog, document::json #>> '{change,after,plan}')
    AND dated(date) AND today_by(rules)
    AND is_form(before, 'snapshot') AND is_form(document, CASE kind WHEN 'cancel' THEN 'cancellation' ELSE 'change' END)
    AND numbered(document::json) AND is_form(words, 'all words')
);
CREATE POLICY adding ON invoices FOR INSERT TO subctl_people WITH CHECK (
  (SELECT whole_store())
  OR may_issue(space, date, buyer) AND dated(date, due_date, start, "end")
    AND (due_date IS NOT NULL OR kind = 'credit') AND greatest(abs(net), abs(vat), abs(total)) <= 1000000000000000
    AND today_by(rules) AND vat_rate <= 1000000 AND (vat_note IS NULL OR showable(vat_note))
    AND is_form(lines, 'lines') AND is_form(words, 'words')
    AND json_array_length(lines::json -> 'lines') = json_array_length(words::json -> 'lines')
);

CREATE POLICY reading ON withdrawals FOR SELECT TO subctl_people
  USING ((SELECT whole_store()) OR "order" IN (SELECT id FROM orders WHERE space IN (SELECT my_spaces())));
CREATE POLICY adding ON withdrawals FOR INSERT TO subctl_people WITH CHECK (
  (SELECT whole_store())
  OR timely(date) AND dated(date) AND EXISTS (
    SELECT FROM orders WHERE orders.id = "order" AND unlocked(orders.space)
      AND (withdrawals.date < coalesce(document::json #>> '{change,price_from}', document::json ->> 'price_from'))
        IS NOT FALSE
      AND (
      credit_note IS NULL OR EXISTS (
        SELECT FROM invoices
        WHERE invoices.id = credit_note AND invoices.space = orders.space AND invoices.kind = 'credit'
      )
    )
  )
);

CREATE POLICY reading ON mandate_ends FOR SELECT TO subctl_people
  USING ((SELECT whole_store()) OR mandate IN (SELECT id FROM mandates WHERE space IN (SELECT my_spaces())));
CREATE POLICY reading ON corrections FOR SELECT TO subctl_people
  USING ((SELECT whole_store()) OR invoice IN (SELECT id FROM invoices WHERE space IN (SELECT my_spaces())));
CREATE POLICY reading ON history FOR SELECT TO subctl_people
  USING ((SELECT whole_store()) OR account = session_user::text);

REVOKE ALL ON ALL TABLES IN SCHEMA subctl FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA subctl FROM PUBLIC;
REVOKE ALL ON DOMAIN day FROM PUBLIC;
GRANT USAGE ON SCHEMA subctl TO subctl_people;
GRANT SELECT ON version, store, catalogs, buyers, spaces, administrators, contracts, steps, entries, quotes, orders,
  invoices, withdrawals, mandates, mandate_ends, payments, ignored, collections, collection_drops, reminders, corrections,
  history, _sqlite_migrations, made, moved TO subctl_people;
GRANT INSERT ON catalogs, buyers, spaces, administrators, contracts, steps, entries, quotes, orders, invoices,
  withdrawals, mandates, mandate_ends, payments, ignored, collections, collection_drops, reminders, corrections, moved
  TO subctl_people;
GRANT UPDATE (day, last_write, default_space) ON store TO subctl_people;
GRANT UPDATE (buyer, active_users, locked) ON spaces TO subctl_people;
GRANT UPDATE (billed_until, "end", version) ON contracts TO subctl_people;
GRANT DELETE ON administrators, steps TO subctl_people;
GRANT EXECUTE ON FUNCTION whole_store(), my_spaces(), my_buyers(), timely(text), dated(text[]), showable(text),
  is_form(text, text), numbered(json), today_by(bigint),
  counted(text, bigint), may_issue(text, text, bigint), may_order(text, bigint, text),
  unlocked(text), newest_id(text), first_hash(), head(), seen(text), quote(text), quote(bigint),
  add_entries(json) TO subctl_people;
