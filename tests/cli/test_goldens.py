"""Whole screens at 60, 80 and 120 columns, as somebody at a terminal is to see them.

The store has a customer whose name would end a style, holds an emoji and wide letters, and is longer than any line.
"""

import pytest

from tests.support.screen import screen

NAME = "東京 [/] 🎉 Gesellschaft für gemeinschaftliche Werkstätten, Ateliers und Beratung mbH & Co. KG"

LIFE = (
    ("init", "--demo"),
    ("space", "set", "atelier", "--name", NAME),
    ("upgrade", "--plan", "pro", "--users", "20", "--yes"),
    ("upgrade", "--users", "25", "--zoom", "12", "--yes", "--today", "2026-03-16"),
    ("withdraw", "O-2026-0002", "--yes", "--today", "2026-03-17"),
    ("downgrade", "--users", "8", "--space", "atelier", "--yes", "--today", "2026-03-20"),
    ("bill", "--today", "2026-05-01"),
)
PREVIEW = ("quote", "--plan", "business", "--users", "1111", "--dry-run", "--explain")
COMPARE = ("compare", "--plan", "pro", "--plan", "business", "--users", "1111", "--users", "5")

GOLDEN = {
    (("show",), 60): """\
Acme (acme)  active
on 1 May 2026, in a sandbox

Plan           pro
Users          20, 7 active
Zoom licences  2
Billing        annual, 4100.00 EUR a year
Next invoice   4961.00 EUR on 1 July 2026
Open           786.50 EUR, all of it overdue
Renews on      1 July 2026
Billed until   30 June 2026
Since          1 July 2025

Address          Herengracht 7
                 1015 BA Amsterdam, Netherlands
Contact          Accounts payable
Phone            +31 20 234 5678
E-mail           ap@acme.example
Buyer reference  Purchasing
Legal ID         0106:23456789
E-invoices       peppol
Endpoint         0106:23456789
Pays by          transfer

Pay for less  from 1 July 2026, if ordered by 1 June 2026
Cancel        by 1 June 2026: last day 30 June 2026

Next invoice, for 1 July 2026 to 30 June 2027
Item            Quantity            Rate   Months       EUR
───────────────────────────────────────────────────────────
Pro, 20 users         20   180.00 a year       12   3600.00
Zoom licence           2   250.00 a year       12    500.00

Net                                                 4100.00
VAT 21 %                                             861.00
Total                                               4961.00
""",
    (("show", "--space", "atelier"), 60): """\
東京 [/] 🎉 Gesellschaft für gemeinschaftliche Werkstätten,
Ateliers und Beratung mbH & Co. KG (atelier)  active
on 1 May 2026, in a sandbox

Plan           starter
Users          8, 7 active
Zoom licences  2
Billing        monthly, 130.00 EUR a month
Next invoice   157.30 EUR on 1 June 2026
Open           314.60 EUR
Billed until   31 May 2026
Since          1 July 2025

Address     Wycker Brugstraat 3
            6221 EA Maastricht, Netherlands
Contact     Comptabilité
Phone       +31 43 345 6789
E-mail      bureau@atelier.example
Legal ID    0106:34567890
E-invoices  en16931
Pays by     transfer

Pay for less  from 1 June 2026, if ordered by 31 May 2026
Cancel        by 1 May 2026: last day 31 May 2026

Next invoice, for 1 to 30 June 2026
Item              Quantity           Rate  Months     EUR
─────────────────────────────────────────────────────────
Starter, 8 users         8  10.00 a month       1   80.00
Zoom licence             2  25.00 a month       1   50.00

Net                                                130.00
VAT 21 %                                            27.30
Total                                              157.30
""",
    (PREVIEW, 60): """\
Upgrade of acme on 1 May 2026

                    Now         New
───────────────────────────────────
Plan                pro    business
Users                20        1111
Zoom licences         2           2
Billing          annual      annual
EUR a year      4100.00   311024.50

Usable from     1 May 2026, at once
Free until      31 May 2026
New price from  1 June 2026
Why: an upgrade counts from the first day of the next month;
the months up to the renewal date are due now
(pricing.md 4.5).

Due now: 30948.22 EUR, an upgrade invoice
for 1 to 30 June 2026
Item                                                     EUR
────────────────────────────────────────────────────────────
Business for 1111 users instead of Pro for 20       25577.04
users
  Quantity 1 · Rate 306924.50 a year · Months 1

Net                                                 25577.04
VAT 21 %                                             5371.18
Total                                               30948.22

Users: 310524.50 a year instead of 3600.00, for 1 month,
1 to 30 June 2026: (310524.50 − 3600.00) × 1 / 12
= 25577.04 (pricing.md 4.5)
VAT: 21 % of 25577.04 = 5371.18 (pricing.md 3.3)

Next invoice with the new price: 376339.65 EUR
on 1 July 2026, for 1 July 2026 to 30 June 2027
Item              Quantity           Rate  Months        EUR
────────────────────────────────────────────────────────────
Business, 1111        1111  279.50 a year      12  310524.50
users
Zoom licence             2  250.00 a year      12     500.00

Net                                                311024.50
VAT 21 %                                            65315.15
Total                                              376339.65

Users: 1111 at 279.50 a year, 1 July 2026 to 30 June 2027:
1111 × 279.50 = 310524.50 (pricing.md 3.2)
Zoom licences: 2 at 250.00 a year, 1 July 2026
to 30 June 2027: 2 × 250.00 = 500.00 (pricing.md 3.2)
VAT: 21 % of 311024.50 = 65315.15 (pricing.md 3.3)

A dry run: nothing is saved. As a quote it would hold
until 31 May 2026.
""",
    (("show", "INV-2026-0001"), 60): """\
Upgrade invoice INV-2026-0001
786.50 EUR, overdue since 14 April 2026

Date    15 March 2026
Period  1 April to 30 June 2026
To      Acme
        Herengracht 7
        1015 BA Amsterdam, Netherlands
From    Example Software B.V.
        Keizersgracht 1
        1015 CN Amsterdam, Netherlands
        VAT NL123456782B90
Space   acme
Order   O-2026-0001

Item                                                 EUR
────────────────────────────────────────────────────────
Pro for 20 users instead of Starter for 10 users  650.00
  Quantity 1 · Rate 2600.00 a year · Months 3

Net                                               650.00
VAT 21 %                                          136.50
Total                                             786.50

Please pay 786.50 EUR by 14 April 2026 to
NL91ABNA0417164300, naming INV-2026-0001.
Questions: support@example.com
""",
    (("show", "INV-2026-0003"), 80): """\
Credit note INV-2026-0003
-1028.50 EUR, for invoice INV-2026-0002

Date    17 March 2026
Period  1 April to 30 June 2026
To      Acme
        Herengracht 7
        1015 BA Amsterdam, Netherlands
From    Example Software B.V.
        Keizersgracht 1
        1015 CN Amsterdam, Netherlands
        VAT NL123456782B90
Space   acme
Order   O-2026-0002

Item                    Quantity            Rate   Months        EUR
────────────────────────────────────────────────────────────────────
Pro, 5 users more             -5   180.00 a year        3    -225.00
Zoom licence, 10 more        -10   250.00 a year        3    -625.00

Net                                                          -850.00
VAT 21 %                                                     -178.50
Total                                                       -1028.50

Questions: support@example.com
""",
    (("list", "spaces"), 60): """\
Space    Status  Plan     Users  Active  Zoom
─────────────────────────────────────────────
atelier  active  starter      8       7     2
  東京 [/] 🎉 Gesellschaft für gemeinschaftliche
  Werkstätten, Ateliers und Beratung mbH & Co. KG
  monthly · Renews on 2026-06-01
acme     active  pro         20       7     2
  Acme · annual · Renews on 2026-07-01
""",
    (("list", "spaces"), 80): """\
Space    Name                                             Status  Plan     Users
────────────────────────────────────────────────────────────────────────────────
atelier  東京 [/] 🎉 Gesellschaft für gemeinschaftliche   active  starter      8
         Werkstätten, Ateliers und Beratung mbH & Co. KG
  Active 7 · Zoom 2 · monthly · Renews on 2026-06-01
acme     Acme                                             active  pro         20
  Active 7 · Zoom 2 · annual · Renews on 2026-07-01
""",
    (("list", "spaces"), 120): """\
Space    Name                                                  Status  Plan     Users  Active  Zoom  Billing  Renews on
────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
atelier  東京 [/] 🎉 Gesellschaft für gemeinschaftliche        active  starter      8       7     2  monthly  2026-06-01
         Werkstätten, Ateliers und Beratung mbH & Co. KG
acme     Acme                                                  active  pro         20       7     2  annual   2026-07-01
""",
    (("list", "plans"), 60): """\
                        Monthly  Annual              Changed
Plan        Title           EUR     EUR       Users  by
────────────────────────────────────────────────────────────
starter     Starter       10.00  100.00     1 to 50  you
pro         Pro           18.00  180.00         any  you
business    Business      27.95  279.50   5 or more  you
enterprise  Enterprise    40.00  400.00  50 or more  support

Net, a user and month or a user and year. Each Zoom licence
costs 25.00 EUR a month or 250.00 EUR a year.
""",
    (("list", "orders"), 60): """\
Order        Date        Space    Invoice        Status
──────────────────────────────────────────────────────────
O-2026-0003  2026-03-20  atelier  –              ordered
  users 10 → 8 · Price from 2026-04-01
O-2026-0002  2026-03-16  acme     INV-2026-0002  withdrawn
  users 20 → 25, zoom 2 → 12 · Price from 2026-04-01
O-2026-0001  2026-03-15  acme     INV-2026-0001  ordered
  plan starter → pro, users 10 → 20 · Price from 2026-04-01
""",
    (("list", "invoices"), 60): """\
Invoice        Space        Net      VAT  Total EUR
───────────────────────────────────────────────────
INV-2026-0005  atelier   130.00    27.30     157.30
  Date 2026-05-01 · recurring · 1–31 May 2026
  Due 2026-05-31 · open
INV-2026-0004  atelier   130.00    27.30     157.30
  Date 2026-05-01 · recurring · 1–30 Apr 2026
  Due 2026-05-31 · open
INV-2026-0003  acme     -850.00  -178.50   -1028.50
  Date 2026-03-17 · credit · 1 Apr–30 Jun 2026 · settled
INV-2026-0002  acme      850.00   178.50    1028.50
  Date 2026-03-16 · upgrade · 1 Apr–30 Jun 2026
  credited by INV-2026-0003
INV-2026-0001  acme      650.00   136.50     786.50
  Date 2026-03-15 · upgrade · 1 Apr–30 Jun 2026
  Due 2026-04-14 · overdue
""",
    (("list", "invoices"), 80): """\
Invoice        Date        Space    Kind           Net      VAT  Total EUR
──────────────────────────────────────────────────────────────────────────
INV-2026-0005  2026-05-01  atelier  recurring   130.00    27.30     157.30
  1–31 May 2026 · Due 2026-05-31 · open
INV-2026-0004  2026-05-01  atelier  recurring   130.00    27.30     157.30
  1–30 Apr 2026 · Due 2026-05-31 · open
INV-2026-0003  2026-03-17  acme     credit     -850.00  -178.50   -1028.50
  1 Apr–30 Jun 2026 · settled
INV-2026-0002  2026-03-16  acme     upgrade     850.00   178.50    1028.50
  1 Apr–30 Jun 2026 · credited by INV-2026-0003
INV-2026-0001  2026-03-15  acme     upgrade     650.00   136.50     786.50
  1 Apr–30 Jun 2026 · Due 2026-04-14 · overdue
""",
    (("list", "invoices"), 120): """\
Invoice        Date        Space    Kind           Net      VAT  Total EUR  Due         Status
─────────────────────────────────────────────────────────────────────────────────────────────────────────────────
INV-2026-0005  2026-05-01  atelier  recurring   130.00    27.30     157.30  2026-05-31  open
  1–31 May 2026
INV-2026-0004  2026-05-01  atelier  recurring   130.00    27.30     157.30  2026-05-31  open
  1–30 Apr 2026
INV-2026-0003  2026-03-17  acme     credit     -850.00  -178.50   -1028.50  –           settled
  1 Apr–30 Jun 2026
INV-2026-0002  2026-03-16  acme     upgrade     850.00   178.50    1028.50  –           credited by INV-2026-0003
  1 Apr–30 Jun 2026
INV-2026-0001  2026-03-15  acme     upgrade     650.00   136.50     786.50  2026-04-14  overdue
  1 Apr–30 Jun 2026
""",
    (COMPARE, 60): """\
Choices for acme on 1 May 2026, net, in EUR

                                      A year
   Plan      Billing  Users  Zoom      costs        Than now
────────────────────────────────────────────────────────────
→  pro       annual    1111     2  200480.00  196380.00 more
  Fee 200480.00 a year · Due now 16365.00
  Invoiced in a year 216845.00
   business  annual    1111     2  311024.50  306924.50 more
  Fee 311024.50 a year · Due now 25577.04
  Invoiced in a year 336601.54
   pro       annual       5     2
  Refused below_active_users
   business  annual       5     2
  Refused below_active_users

→ marks what costs least. As it is now, the same year
costs 4100.00 EUR.
It is the year from 1 June 2026: from then on, a change
ordered today would be paid for.
""",
    (COMPARE, 120): """\
Choices for acme on 1 May 2026, net, in EUR

                                                                Invoiced      A year
   Plan      Billing  Users  Zoom               Fee   Due now  in a year       costs        Than now  Refused
────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
→  pro       annual    1111     2  200480.00 a year  16365.00  216845.00   200480.00  196380.00 more
   business  annual    1111     2  311024.50 a year  25577.04  336601.54   311024.50  306924.50 more
   pro       annual       5     2                                                                     below_active_users
   business  annual       5     2                                                                     below_active_users

→ marks what costs least. As it is now, the same year costs 4100.00 EUR.
It is the year from 1 June 2026: from then on, a change ordered today would be paid for.
""",
    (("forecast", "--space", "atelier", "--months", "4"), 60): """\
Invoices to come for atelier, the next 4 months
from 1 May 2026

Date        Period            Net     VAT  Total EUR
────────────────────────────────────────────────────────────
2026-06-01  1–30 Jun 2026  130.00   27.30     157.30  ██████
2026-07-01  1–31 Jul 2026  130.00   27.30     157.30  ██████
2026-08-01  1–31 Aug 2026  130.00   27.30     157.30  ██████
2026-09-01  1–30 Sep 2026  130.00   27.30     157.30  ██████

Sum                        520.00  109.20     629.20

Earlier invoices: 314.60 EUR is open.
""",
    (("forecast",), 80): """\
Invoices to come for acme, the next 12 months from 1 May 2026

Date         Period                       Net      VAT   Total EUR
────────────────────────────────────────────────────────────────────────────────
2026-07-01   1 Jul 2026–30 Jun 2027   4100.00   861.00     4961.00   ███████████

Sum                                   4100.00   861.00     4961.00

Earlier invoices: 786.50 EUR is open.
""",
}


@pytest.mark.parametrize(("words", "columns"), GOLDEN, ids=str)
def test_a_whole_screen(cli, words, columns):
    """Sign by sign, at a terminal of so many columns."""
    assert screen(cli.prepare(*LIFE), *words, columns=columns) == GOLDEN[words, columns]
