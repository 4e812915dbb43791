#!/usr/bin/env bash
# Lives the whole life of a contract by JSON alone: quote, order, list, bill, cancel, withdraw, upgrade.
# Every step runs twice, and the second time nothing may have changed. It needs subctl and python3 on the PATH;
# its one argument is the folder for its sandbox, without it a new temporary one.
set -euo pipefail

folder=${1:-$(mktemp -d)}
unset SUBCTL_SPACE SUBCTL_TODAY SUBCTL_DEBUG
export SUBCTL_STORE="$folder/life.db" SUBCTL_FORMAT=json

# Say what is wrong, and end.
fail() {
  printf 'whole_life: %s\n' "$*" >&2
  exit 1
}

# value KEY... : print one value of the document on stdin; texts without their quotes.
value() {
  python3 -c '
import json, sys
found = json.load(sys.stdin)
for key in sys.argv[1:]:
    found = found[int(key) if isinstance(found, list) else key]
print(found if isinstance(found, str) else json.dumps(found))
' "$@"
}

# of DOCUMENT KEY... : the same, of a document in a variable.
of() {
  local document=$1
  shift
  value "$@" <<<"$document"
}

# same WHAT EXPECTED FOUND
same() {
  [ "$2" = "$3" ] || fail "$1: expected $2, found $3"
}

# Print the state of the contracts, how many documents there are, and the newest hash of the history.
state() {
  subctl show
  subctl list spaces
  subctl check
}

# Print the state without the history: it keeps refusals too.
documents() {
  subctl show
  subctl list spaces
  subctl check | python3 -c 'import json, sys; print({**json.load(sys.stdin)["counts"], "history": "any"})'
}

# twice WORD... : run a command twice, leave its documents in $first and $second, and compare the state after each.
twice() {
  local after
  first=$(subctl "$@")
  after=$(state)
  second=$(subctl "$@")
  same "the state after a second '$*'" "$after" "$(state)"
  printf '%s\n' "$*"
}

# changed_once : the first document says that something changed, the second that nothing did.
changed_once() {
  same "changed" "true false" "$(of "$first" changed) $(of "$second" changed)"
}

# refused EXIT CODE WORD... : run a command that must be refused in this way, and must leave the state as it was.
refused() {
  local exit=$1 code=$2 found=0 before error
  shift 2
  before=$(documents)
  error=$(subctl "$@" 2>&1 >/dev/null) || found=$?
  same "the exit code of '$*'" "$exit" "$found"
  same "the code of '$*'" "$code" "$(of "$error" error code)"
  same "the state after '$*'" "$before" "$(documents)"
  printf '%s: %s\n' "$*" "$code"
}

subctl init --demo >/dev/null
refused 2 confirmation_needed init --demo

twice quote --plan pro --users 20
same "the quote" "$first" "$second"
quote=$(of "$first" quote)
total=$(of "$first" due_now total)
same "the total" "786.50" "$total"

refused 5 expectation_failed order "$quote" --expect 786.49
twice order "$quote" --expect "$total"
changed_once
order=$(of "$first" order)
invoice=$(of "$first" invoice)
same "the order again" "$order $invoice" "$(of "$second" order) $(of "$second" invoice)"
same "the invoice's total" "$total" "$(subctl show "$invoice" | value total)"
same "the newest invoice" "$invoice" "$(subctl list invoices | value items 0 number)"

twice bill --today 2026-07-01
same "the first and the last invoice of the run" "INV-2026-0002 INV-2026-0006" \
  "$(of "$first" issued 0 number) $(of "$first" issued -1 number)"
same "invoices of the second run" "[]" "$(of "$second" issued)"

twice cancel --yes
changed_once
cancellation=$(of "$first" number)
same "the cancellation again" "$cancellation" "$(of "$second" number)"
same "the last day" "2027-06-30" "$(subctl show | value contract last_day)"

twice withdraw "$cancellation" --yes
changed_once
same "the last day" "null" "$(subctl show | value contract last_day)"

twice upgrade --users 25 --yes --today 2026-08-10
changed_once
same "an upgrade that is there already" "upgrade none" "$(of "$first" kind) $(of "$second" kind)"
upgrade=$(of "$first" order)
due=$(of "$first" due_now total)

twice withdraw "$upgrade" --yes
changed_once
credit_note=$(of "$first" credit_note)
same "the credit note again" "$credit_note" "$(of "$second" credit_note)"
same "what is credited" "-$due" "$(subctl show "$credit_note" | value total)"

refused 4 below_active_users downgrade --users 1 --yes
refused 4 too_late withdraw "$order" --yes
same "the check" "true" "$(subctl check | value ok)"
same "the users" "20" "$(subctl show | value contract users)"
printf 'The life of acme: %s, %s, %s, %s, %s, %s.\n' \
  "$quote" "$order" "$invoice" "$cancellation" "$upgrade" "$credit_note"
