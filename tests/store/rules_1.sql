PRAGMA application_id = 1937072739;
PRAGMA user_version = 2;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'subctl','m001_first','2026-11-26 03:49:45.846607+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'subctl','m002_seals','2026-11-26 03:49:45.847212+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'subctl','m002_entry','2026-11-26 03:49:45.851956+00:00');
CREATE TABLE administrators (
  uid INTEGER NOT NULL CHECK (uid >= 0),
  space TEXT NOT NULL,
  account TEXT NOT NULL,
  PRIMARY KEY (uid, space)
) STRICT, WITHOUT ROWID;
INSERT INTO "administrators" VALUES(0,'','root');
CREATE TABLE buyers (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  address TEXT,
  country TEXT NOT NULL CHECK (length(country) = 2),
  vat_id TEXT,
  email TEXT,
  reference TEXT
) STRICT;
INSERT INTO "buyers" VALUES(1,'Late',NULL,'NL',NULL,NULL,NULL);
INSERT INTO "buyers" VALUES(2,'Equal',NULL,'NL',NULL,NULL,NULL);
INSERT INTO "buyers" VALUES(3,'Offered',NULL,'NL',NULL,NULL,NULL);
INSERT INTO "buyers" VALUES(4,'Moved',NULL,'NL',NULL,NULL,NULL);
INSERT INTO "buyers" VALUES(5,'Moved',NULL,'DE','DE136695976',NULL,NULL);
CREATE TABLE catalogs (
  id INTEGER PRIMARY KEY,
  valid_from TEXT NOT NULL CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  imported_on TEXT NOT NULL CHECK (imported_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  content TEXT NOT NULL
) STRICT;
INSERT INTO "catalogs" VALUES(1,'2026-01-01','2026-03-01','{"name":"2026","valid_from":"2026-01-01","currency":"EUR","seller":{"name":"Example Software B.V.","address":"Keizersgracht 1, 1015 CN Amsterdam","country":"NL","vat_id":"NL123456782B90","vat_rate":"21","timezone":"Europe/Amsterdam","support":"support@example.com","iban":"NL91ABNA0417164300"},"policy":{"notice_months":1,"quote_days":30,"payment_days":30},"plans":{"starter":{"title":"Starter","monthly":"10.00","annual":"100.00","max_users":50},"pro":{"title":"Pro","monthly":"18.00","annual":"180.00"},"business":{"title":"Business","monthly":"27.95","annual":"279.50","min_users":5},"enterprise":{"title":"Enterprise","monthly":"40.00","annual":"400.00","min_users":50,"self_service":false}},"zoom":{"title":"Zoom licence","monthly":"25.00","annual":"250.00"}}');
INSERT INTO "catalogs" VALUES(2,'2026-06-01','2026-05-05','{"name":"june","valid_from":"2026-06-01","currency":"EUR","seller":{"name":"Example Software B.V.","address":"Keizersgracht 1, 1015 CN Amsterdam","country":"NL","vat_id":"NL123456782B90","vat_rate":"21","timezone":"Europe/Amsterdam","support":"support@example.com","iban":"NL91ABNA0417164300"},"policy":{"notice_months":1,"quote_days":30,"payment_days":30},"plans":{"starter":{"title":"Starter","monthly":"11.00","annual":"110.00","max_users":50},"pro":{"title":"Pro","monthly":"18.00","annual":"180.00"},"business":{"title":"Business","monthly":"27.95","annual":"279.50","min_users":5},"enterprise":{"title":"Enterprise","monthly":"40.00","annual":"400.00","min_users":50,"self_service":false}},"zoom":{"title":"Zoom licence","monthly":"25.00","annual":"250.00"}}');
INSERT INTO "catalogs" VALUES(3,'2026-07-01','2026-05-20','{"name":"july","valid_from":"2026-07-01","currency":"EUR","seller":{"name":"Example Software B.V.","address":"Keizersgracht 1, 1015 CN Amsterdam","country":"NL","vat_rate":"19","timezone":"Europe/Amsterdam","support":"support@example.com","iban":"NL91ABNA0417164300"},"policy":{"notice_months":1,"quote_days":30,"payment_days":30},"plans":{"starter":{"title":"Starter","monthly":"11.00","annual":"110.00","max_users":50},"pro":{"title":"Pro","monthly":"18.00","annual":"180.00"},"business":{"title":"Business","monthly":"27.95","annual":"279.50","min_users":5},"enterprise":{"title":"Enterprise","monthly":"40.00","annual":"400.00","min_users":50,"self_service":false}},"zoom":{"title":"Zoom licence","monthly":"25.00","annual":"250.00"}}');
INSERT INTO "catalogs" VALUES(4,'2026-08-01','2026-05-20','{"name":"august","valid_from":"2026-08-01","currency":"EUR","seller":{"name":"Example Software B.V.","address":"Keizersgracht 1, 1015 CN Amsterdam","country":"NL","vat_rate":"19","timezone":"Europe/Amsterdam","support":"support@example.com","iban":"NL91ABNA0417164300"},"policy":{"notice_months":1,"quote_days":30,"payment_days":30},"plans":{"starter":{"title":"Starter","monthly":"12.00","annual":"120.00","max_users":50},"pro":{"title":"Pro","monthly":"18.00","annual":"180.00"},"business":{"title":"Business","monthly":"27.95","annual":"279.50","min_users":5},"enterprise":{"title":"Enterprise","monthly":"40.00","annual":"400.00","min_users":50,"self_service":false}},"zoom":{"title":"Zoom licence","monthly":"25.00","annual":"250.00"}}');
CREATE TABLE contracts (
  space TEXT PRIMARY KEY REFERENCES spaces (id),
  start TEXT NOT NULL CHECK (start GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  billed_from TEXT NOT NULL CHECK (billed_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND billed_from >= start),
  entered_on TEXT NOT NULL CHECK (entered_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  first_billed TEXT NOT NULL CHECK (first_billed GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND first_billed >= billed_from),
  billed_until TEXT NOT NULL CHECK (billed_until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND billed_until >= first_billed),
  end TEXT CHECK (end GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0)
, entry INTEGER NOT NULL DEFAULT 0 CHECK (entry >= 0)) STRICT, WITHOUT ROWID;
INSERT INTO "contracts" VALUES('equal','2026-01-01','2026-01-01','2026-03-01','2026-04-01','2026-08-01',NULL,3,2);
INSERT INTO "contracts" VALUES('late','2026-06-01','2026-06-01','2026-03-01','2026-06-01','2026-08-01',NULL,1,1);
INSERT INTO "contracts" VALUES('moved','2025-10-01','2025-10-01','2026-03-01','2026-10-01','2026-10-01',NULL,3,4);
INSERT INTO "contracts" VALUES('offered','2026-01-01','2026-01-01','2026-03-01','2026-04-01','2026-08-01',NULL,1,3);
CREATE TABLE history (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  uid INTEGER NOT NULL,
  account TEXT NOT NULL,
  action TEXT NOT NULL,
  space TEXT,
  detail TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE
, seal TEXT) STRICT;
INSERT INTO "history" VALUES(1,'2026-11-26T03:49:45+00:00','2026-03-01',0,'root','init',NULL,'{"catalog":"2026"}','6c979f3e78c6f7a9887a73897352ed91cdc6b9d2daa182aba3a52a3acb7869a5','{"catalogs":[1,"e3736bc8b1db1fbceefd8e668ae6ce9bc8521bb47598fe7c1b0a05b69d091e47"],"buyers":[0,null],"quotes":[0,null],"orders":[0,null],"invoices":[0,null]}');
INSERT INTO "history" VALUES(2,'2026-11-26T03:49:46+00:00','2026-03-01',0,'root','space add','late','{"added":{"plan":"starter","users":10,"zoom":2,"billing":"monthly"}}','4a35eea606b649b428caf7362ec025a8b7da5079fabb2e164d93af08cce32b36','{"catalogs":[1,null],"buyers":[1,"2ec97b1a581ee76159744760d9eb3083dc73d114d1a1dc45ef55de21a78882e2"],"quotes":[0,null],"orders":[0,null],"invoices":[0,null]}');
INSERT INTO "history" VALUES(3,'2026-11-26T03:49:47+00:00','2026-03-01',0,'root','space add','equal','{"added":{"plan":"starter","users":10,"zoom":2,"billing":"monthly"}}','d335677b0a2cc3b194906920901c78bd528db6ee1e44bc9cd31c33660050f17f','{"catalogs":[1,null],"buyers":[2,"80a3fcf2c195299c31cad16750aa6b89b07a12a0002aaece3b33ed04f2e98674"],"quotes":[0,null],"orders":[0,null],"invoices":[0,null]}');
INSERT INTO "history" VALUES(4,'2026-11-26T03:49:47+00:00','2026-03-01',0,'root','space add','offered','{"added":{"plan":"starter","users":10,"zoom":2,"billing":"monthly"}}','09242c34e60b0b5eb1802e732a73b86ea538d4b687f02f204611ac32961797e0','{"catalogs":[1,null],"buyers":[3,"29ee4f46ce7167da849f579828128312a902a7efc3c24d04d2ca39f6fe841d9a"],"quotes":[0,null],"orders":[0,null],"invoices":[0,null]}');
INSERT INTO "history" VALUES(5,'2026-11-26T03:49:48+00:00','2026-03-01',0,'root','space add','moved','{"added":{"plan":"starter","users":10,"zoom":2,"billing":"annual"}}','3093148f1cc0ad6c126093286c6afaa6be00d59e9389fb8f0189f8319ad33aa2','{"catalogs":[1,null],"buyers":[4,"c09969c9cd2292ff0db38bd9bcc5146adc471362f90032830bfb1c1aaa42804d"],"quotes":[0,null],"orders":[0,null],"invoices":[0,null]}');
INSERT INTO "history" VALUES(6,'2026-11-26T03:49:48+00:00','2026-04-01',0,'root','bill',NULL,'{"contracts":2,"invoices":2,"numbers":["INV-2026-0001","INV-2026-0002"]}','71b6159d3fa0b63c7fce75e6157e5e0d8e48b05d121d6f638c55e3d60435be0f','{"catalogs":[1,null],"buyers":[4,null],"quotes":[0,null],"orders":[0,null],"invoices":[20260000000002,"7e11d5e4c31b84610c78263c0895b33863841795da3f08858ee8396f5cd1ffce"]}');
INSERT INTO "history" VALUES(7,'2026-11-26T03:49:49+00:00','2026-04-20',0,'root','upgrade','moved','{"order":"O-2026-0001","before":{"plan":"starter","users":10,"zoom":2,"billing":"annual","fee":"1500.00","fee_per":"year"},"after":{"plan":"starter","users":12,"zoom":2,"billing":"annual","fee":"1700.00","fee_per":"year"},"issued":["INV-2026-0003"]}','5aaaeea7d8cdcb7b42b1e0b3d9abc4a22e5224aad9a2ade341ad8b80540241ad','{"catalogs":[1,null],"buyers":[4,null],"quotes":[0,null],"orders":[20260000000001,"3bf1900519e9ab59d3d832323a3a5eb487aa67e3a641a4d8815bcbd8e3d46c80"],"invoices":[20260000000003,"89af288cb5630a81540a4d91e692835fb2d850d35bdc6450224b9469f953ce6e"]}');
INSERT INTO "history" VALUES(8,'2026-11-26T03:49:50+00:00','2026-04-20',0,'root','space set','moved','{"before":{"id":"moved","name":"Moved","country":"NL","vat_id":null,"active_users":0,"locked":false,"address":null,"email":null,"reference":null,"payment":"invoice","iban":null},"after":{"id":"moved","name":"Moved","country":"DE","vat_id":"DE136695976","active_users":0,"locked":false,"address":null,"email":null,"reference":null,"payment":"invoice","iban":null},"default":false}','bcb2fc0f093d42e6a4a3b4ad2a85bcc839342d1f3db6f8e2bbf40de7b9c5fab2','{"catalogs":[1,null],"buyers":[5,"3e5bd8d36763e1beac40206050c7d6170ab6bdb84523082aa47c0ad46e421931"],"quotes":[0,null],"orders":[20260000000001,null],"invoices":[20260000000003,null]}');
INSERT INTO "history" VALUES(9,'2026-11-26T03:49:50+00:00','2026-04-25',0,'root','withdraw','moved','{"withdrawn":"O-2026-0001","credit_note":"INV-2026-0004"}','b73700a34fc77e63c381095bf72f7e750eb3e8d1449899360f888a3457a6f968','{"catalogs":[1,null],"buyers":[5,null],"quotes":[0,null],"orders":[20260000000001,null],"invoices":[20260000000004,"ed6b5c1fbc7a25e6eb390f815a2233ed92d79c43934e2edd769ab66ba7b2aeda"]}');
INSERT INTO "history" VALUES(10,'2026-11-26T03:49:51+00:00','2026-05-05',0,'root','bill',NULL,'{"contracts":2,"invoices":2,"numbers":["INV-2026-0005","INV-2026-0006"]}','ceb95486105d7c62e51f3fd20ca071728d952567ef12f0cbd307a1441f44deca','{"catalogs":[1,null],"buyers":[5,null],"quotes":[0,null],"orders":[20260000000001,null],"invoices":[20260000000006,"59e050bffa635915010dc0b5dddb8e10dd8319dd58f686138464cf413590c660"]}');
INSERT INTO "history" VALUES(11,'2026-11-26T03:49:51+00:00','2026-05-05',0,'root','downgrade','equal','{"order":"O-2026-0002","before":{"plan":"starter","users":10,"zoom":2,"billing":"monthly","fee":"150.00","fee_per":"month"},"after":{"plan":"starter","users":9,"zoom":2,"billing":"monthly","fee":"140.00","fee_per":"month"},"issued":[]}','bc83079aa2346dbbf397dee013ad745e16a01aa260a02646eb2a891b5bf33b4d','{"catalogs":[1,null],"buyers":[5,null],"quotes":[0,null],"orders":[20260000000002,"0886e3819cd4284846cf2aabe20fb69b8f1d8b10c459a642297c096717ca8f61"],"invoices":[20260000000006,null]}');
INSERT INTO "history" VALUES(12,'2026-11-26T03:49:52+00:00','2026-05-05',0,'root','quote','equal','{"quote":"Q-2026-0001"}','a2b29e81166ea28e2b9968be141638764506506958649ac7697f1cd7e7d6fb0d','{"catalogs":[1,null],"buyers":[5,null],"quotes":[20260000000001,"ad458de9a432bdd462b84a58140eff34f0aad4e4afa276463969b5f072f68682"],"orders":[20260000000002,null],"invoices":[20260000000006,null]}');
INSERT INTO "history" VALUES(13,'2026-11-26T03:49:53+00:00','2026-05-05',0,'root','catalog import',NULL,'{"catalog":"june","valid_from":"2026-06-01"}','771b0595c664057c59e37b70925bdf89f73cbb4a6a50edbd00fc384054cbacba','{"catalogs":[2,"5248de1dcec81bd8ddc12bd735a27cb2acc54f8d2a575f4ec8588b522775f92b"],"buyers":[5,null],"quotes":[20260000000001,null],"orders":[20260000000002,null],"invoices":[20260000000006,null]}');
INSERT INTO "history" VALUES(14,'2026-11-26T03:49:53+00:00','2026-05-05',0,'root','order','equal','{"order":"O-2026-0003","before":{"plan":"starter","users":9,"zoom":2,"billing":"monthly","fee":"140.00","fee_per":"month"},"after":{"plan":"starter","users":10,"zoom":2,"billing":"monthly","fee":"150.00","fee_per":"month"},"issued":[]}','8965885c045a31d8909cc987ab5cdb0e8f3c93a2dbf4306f72a0ebeb12a30cc2','{"catalogs":[2,null],"buyers":[5,null],"quotes":[20260000000001,null],"orders":[20260000000003,"a13054dbe23ee53da8139b8e2dd5636c32604c669f813a7cd3cdf8ff135388f6"],"invoices":[20260000000006,null]}');
INSERT INTO "history" VALUES(15,'2026-11-26T03:49:54+00:00','2026-05-20',0,'root','catalog import',NULL,'{"catalog":"july","valid_from":"2026-07-01"}','cf23789c539d56a2b0cbc5572f7b9a71564bcc6cea95dd5b5d9ab7245dd86661','{"catalogs":[3,"885058cd1d4040b5b216b8c484a3a3eb02c93179d5390f2438521fb59384aa6d"],"buyers":[5,null],"quotes":[20260000000001,null],"orders":[20260000000003,null],"invoices":[20260000000006,null]}');
INSERT INTO "history" VALUES(16,'2026-11-26T03:49:55+00:00','2026-05-20',0,'root','catalog import',NULL,'{"catalog":"august","valid_from":"2026-08-01"}','32637ebfc94978d8706831615ce8660d8e70520246cf96d3b6fc213ea18f5951','{"catalogs":[4,"99e345291f263bdea5887147a57558eb9b8706b8bb5b289f15e6bdc3339268a5"],"buyers":[5,null],"quotes":[20260000000001,null],"orders":[20260000000003,null],"invoices":[20260000000006,null]}');
INSERT INTO "history" VALUES(17,'2026-11-26T03:49:55+00:00','2026-06-01',0,'root','bill',NULL,'{"contracts":1,"invoices":1,"numbers":["INV-2026-0007","INV-2026-0007"]}','6ba56ac75846aee30f14bcef4089332bf904d436a87c29b90407a5c1361ea03a','{"catalogs":[4,null],"buyers":[5,null],"quotes":[20260000000001,null],"orders":[20260000000003,null],"invoices":[20260000000007,"e7f777598df4e99bfa48aa355229071aad11ecd3adf6979de4078bdcbaa3531a"]}');
INSERT INTO "history" VALUES(18,'2026-11-26T03:49:56+00:00','2026-06-01',0,'root','bill',NULL,'{"contracts":1,"invoices":1,"numbers":["INV-2026-0008","INV-2026-0008"]}','f705db2ed2f41d9d0a864488d176ff9e9a6afa9ec747fcb20ce8be1eaadbcbba','{"catalogs":[4,null],"buyers":[5,null],"quotes":[20260000000001,null],"orders":[20260000000003,null],"invoices":[20260000000008,"86517baed2b3016ecc52349e15386f46135d62e63ae1d3f41ca627a41e564e0a"]}');
INSERT INTO "history" VALUES(19,'2026-11-26T03:49:56+00:00','2026-06-20',0,'root','quote','offered','{"quote":"Q-2026-0002"}','1eb43a2f333a5c9911fb26b441267266887d3e7075e8e8c7432746483ecaad4f','{"catalogs":[4,null],"buyers":[5,null],"quotes":[20260000000002,"eb5d41eed90b60273b8b071719373e7c23824eba5f1bbb036fec92a5a5d04bc0"],"orders":[20260000000003,null],"invoices":[20260000000008,null]}');
INSERT INTO "history" VALUES(20,'2026-11-26T03:49:57+00:00','2026-07-01',0,'root','bill',NULL,'{"contracts":3,"invoices":4,"numbers":["INV-2026-0009","INV-2026-0012"]}','8b9825ed71c14f552c2db003df15af8e65e1f6a5fceb497572c794dd38f226b7','{"catalogs":[4,null],"buyers":[5,null],"quotes":[20260000000002,null],"orders":[20260000000003,null],"invoices":[20260000000012,"df3c4aa6e407fc32a0797270baa2037a828f6238c7570c388172ab2532153b1d"]}');
CREATE TABLE invoices (
  id INTEGER PRIMARY KEY,
  space TEXT NOT NULL REFERENCES spaces (id),
  "order" INTEGER REFERENCES orders (id) DEFERRABLE INITIALLY DEFERRED,
  kind TEXT NOT NULL CHECK (kind IN ('upgrade', 'recurring', 'credit')),
  credits INTEGER REFERENCES invoices (id) CHECK ((credits IS NULL) = (kind <> 'credit')),
  date TEXT NOT NULL CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  due_date TEXT NOT NULL CHECK (due_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND due_date >= date),
  start TEXT NOT NULL CHECK (start GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  end TEXT NOT NULL CHECK (end GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND end > start),
  net INTEGER NOT NULL,
  vat INTEGER NOT NULL,
  total INTEGER NOT NULL CHECK (total = net + vat AND (total >= 0) = (kind <> 'credit')),
  vat_category TEXT NOT NULL CHECK (vat_category IN ('S', 'AE', 'O')),
  vat_rate INTEGER NOT NULL CHECK (vat_rate >= 0),
  vat_note TEXT,
  catalog INTEGER NOT NULL REFERENCES catalogs (id),
  buyer INTEGER NOT NULL REFERENCES buyers (id),
  lines TEXT NOT NULL
) STRICT;
INSERT INTO "invoices" VALUES(20260000000001,'equal',NULL,'recurring',NULL,'2026-04-01','2026-05-01','2026-04-01','2026-05-01',15000,3150,18150,'S',210000,NULL,1,2,'[["users","Starter, 10 users",10,100000,"month","2026-04-01","2026-05-01",1,0,0,10000,null],["zoom","Zoom licence",2,250000,"month","2026-04-01","2026-05-01",1,0,0,5000,null]]');
INSERT INTO "invoices" VALUES(20260000000002,'offered',NULL,'recurring',NULL,'2026-04-01','2026-05-01','2026-04-01','2026-05-01',15000,3150,18150,'S',210000,NULL,1,3,'[["users","Starter, 10 users",10,100000,"month","2026-04-01","2026-05-01",1,0,0,10000,null],["zoom","Zoom licence",2,250000,"month","2026-04-01","2026-05-01",1,0,0,5000,null]]');
INSERT INTO "invoices" VALUES(20260000000003,'moved',20260000000001,'upgrade',NULL,'2026-04-20','2026-05-20','2026-05-01','2026-10-01',8333,1750,10083,'S',210000,NULL,1,4,'[["users","Starter, 2 users more",2,1000000,"year","2026-05-01","2026-10-01",5,0,0,8333,[10000000,12000000]]]');
INSERT INTO "invoices" VALUES(20260000000004,'moved',20260000000001,'credit',20260000000003,'2026-04-25','2026-05-25','2026-05-01','2026-10-01',-8333,-1750,-10083,'S',210000,NULL,1,5,'[["users","Starter, 2 users more",-2,1000000,"year","2026-05-01","2026-10-01",5,0,0,-8333,[12000000,10000000]]]');
INSERT INTO "invoices" VALUES(20260000000005,'equal',NULL,'recurring',NULL,'2026-05-05','2026-06-04','2026-05-01','2026-06-01',15000,3150,18150,'S',210000,NULL,1,2,'[["users","Starter, 10 users",10,100000,"month","2026-05-01","2026-06-01",1,0,0,10000,null],["zoom","Zoom licence",2,250000,"month","2026-05-01","2026-06-01",1,0,0,5000,null]]');
INSERT INTO "invoices" VALUES(20260000000006,'offered',NULL,'recurring',NULL,'2026-05-05','2026-06-04','2026-05-01','2026-06-01',15000,3150,18150,'S',210000,NULL,1,3,'[["users","Starter, 10 users",10,100000,"month","2026-05-01","2026-06-01",1,0,0,10000,null],["zoom","Zoom licence",2,250000,"month","2026-05-01","2026-06-01",1,0,0,5000,null]]');
INSERT INTO "invoices" VALUES(20260000000007,'equal',NULL,'recurring',NULL,'2026-06-01','2026-07-01','2026-06-01','2026-07-01',16000,3360,19360,'S',210000,NULL,2,2,'[["users","Starter, 10 users",10,110000,"month","2026-06-01","2026-07-01",1,0,0,11000,null],["zoom","Zoom licence",2,250000,"month","2026-06-01","2026-07-01",1,0,0,5000,null]]');
INSERT INTO "invoices" VALUES(20260000000008,'offered',NULL,'recurring',NULL,'2026-06-01','2026-07-01','2026-06-01','2026-07-01',16000,3360,19360,'S',210000,NULL,2,3,'[["users","Starter, 10 users",10,110000,"month","2026-06-01","2026-07-01",1,0,0,11000,null],["zoom","Zoom licence",2,250000,"month","2026-06-01","2026-07-01",1,0,0,5000,null]]');
INSERT INTO "invoices" VALUES(20260000000009,'late',NULL,'recurring',NULL,'2026-07-01','2026-07-31','2026-06-01','2026-07-01',16000,3040,19040,'S',190000,NULL,3,1,'[["users","Starter, 10 users",10,110000,"month","2026-06-01","2026-07-01",1,0,0,11000,null],["zoom","Zoom licence",2,250000,"month","2026-06-01","2026-07-01",1,0,0,5000,null]]');
INSERT INTO "invoices" VALUES(20260000000010,'late',NULL,'recurring',NULL,'2026-07-01','2026-07-31','2026-07-01','2026-08-01',16000,3040,19040,'S',190000,NULL,3,1,'[["users","Starter, 10 users",10,110000,"month","2026-07-01","2026-08-01",1,0,0,11000,null],["zoom","Zoom licence",2,250000,"month","2026-07-01","2026-08-01",1,0,0,5000,null]]');
INSERT INTO "invoices" VALUES(20260000000011,'equal',NULL,'recurring',NULL,'2026-07-01','2026-07-31','2026-07-01','2026-08-01',16000,3040,19040,'S',190000,NULL,3,2,'[["users","Starter, 10 users",10,110000,"month","2026-07-01","2026-08-01",1,0,0,11000,null],["zoom","Zoom licence",2,250000,"month","2026-07-01","2026-08-01",1,0,0,5000,null]]');
INSERT INTO "invoices" VALUES(20260000000012,'offered',NULL,'recurring',NULL,'2026-07-01','2026-07-31','2026-07-01','2026-08-01',16000,3040,19040,'S',190000,NULL,3,3,'[["users","Starter, 10 users",10,110000,"month","2026-07-01","2026-08-01",1,0,0,11000,null],["zoom","Zoom licence",2,250000,"month","2026-07-01","2026-08-01",1,0,0,5000,null]]');
CREATE TABLE orders (
  id INTEGER PRIMARY KEY,
  space TEXT NOT NULL REFERENCES spaces (id),
  date TEXT NOT NULL CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  kind TEXT NOT NULL CHECK (kind IN ('upgrade', 'downgrade', 'billing', 'cancel')),
  quote INTEGER REFERENCES quotes (id),
  catalog INTEGER NOT NULL REFERENCES catalogs (id),
  buyer INTEGER NOT NULL REFERENCES buyers (id),
  before TEXT NOT NULL,
  document TEXT NOT NULL
) STRICT;
INSERT INTO "orders" VALUES(20260000000001,'moved','2026-04-20','upgrade',NULL,1,4,'{"billed_until":"2026-10-01","end":null,"steps":[["2025-10-01","starter",10,2,"annual","2025-10-01",null,null]]}','{"schema":"change/1","space":"moved","date":"2026-04-20","kind":"upgrade","changed":true,"currency":"EUR","before":{"plan":"starter","users":10,"zoom":2,"billing":"annual","fee":"1500.00","fee_per":"year"},"after":{"plan":"starter","users":12,"zoom":2,"billing":"annual","fee":"1700.00","fee_per":"year"},"available_from":"2026-04-20","price_from":"2026-05-01","rule":"4.5","free_until":"2026-04-30","renews_on":"2026-10-01","catch_up":[],"due_now":{"kind":"upgrade","date":"2026-04-20","period":{"start":"2026-05-01","end":"2026-10-01"},"lines":[{"item":"users","description":"Starter, 2 users more","quantity":"2","rate":"100.00","per":"year","period":{"start":"2026-05-01","end":"2026-10-01"},"months":{"whole":5,"days":0,"of":0},"amount":"83.33","fee_before":"1000.00","fee_after":"1200.00"}],"net":"83.33","vat_category":"S","vat_rate":"21","vat_note":null,"vat":"17.50","total":"100.83"},"next_invoice":{"kind":"recurring","date":"2026-10-01","period":{"start":"2026-10-01","end":"2027-10-01"},"lines":[{"item":"users","description":"Starter, 12 users","quantity":"12","rate":"100.00","per":"year","period":{"start":"2026-10-01","end":"2027-10-01"},"months":{"whole":12,"days":0,"of":0},"amount":"1200.00"},{"item":"zoom","description":"Zoom licence","quantity":"2","rate":"250.00","per":"year","period":{"start":"2026-10-01","end":"2027-10-01"},"months":{"whole":12,"days":0,"of":0},"amount":"500.00"}],"net":"1700.00","vat_category":"S","vat_rate":"21","vat_note":null,"vat":"357.00","total":"2057.00"},"quote":null,"valid_until":null,"order":"O-2026-0001","invoice":"INV-2026-0003","issued":["INV-2026-0003"]}');
INSERT INTO "orders" VALUES(20260000000002,'equal','2026-05-05','downgrade',NULL,1,2,'{"billed_until":"2026-06-01","end":null,"steps":[["2026-01-01","starter",10,2,"monthly",null,null,null]]}','{"schema":"change/1","space":"equal","date":"2026-05-05","kind":"downgrade","changed":true,"currency":"EUR","before":{"plan":"starter","users":10,"zoom":2,"billing":"monthly","fee":"150.00","fee_per":"month"},"after":{"plan":"starter","users":9,"zoom":2,"billing":"monthly","fee":"140.00","fee_per":"month"},"available_from":"2026-05-05","price_from":"2026-06-01","rule":"4.4","free_until":null,"renews_on":"2026-06-01","catch_up":[],"due_now":null,"next_invoice":{"kind":"recurring","date":"2026-06-01","period":{"start":"2026-06-01","end":"2026-07-01"},"lines":[{"item":"users","description":"Starter, 9 users","quantity":"9","rate":"10.00","per":"month","period":{"start":"2026-06-01","end":"2026-07-01"},"months":{"whole":1,"days":0,"of":0},"amount":"90.00"},{"item":"zoom","description":"Zoom licence","quantity":"2","rate":"25.00","per":"month","period":{"start":"2026-06-01","end":"2026-07-01"},"months":{"whole":1,"days":0,"of":0},"amount":"50.00"}],"net":"140.00","vat_category":"S","vat_rate":"21","vat_note":null,"vat":"29.40","total":"169.40"},"quote":null,"valid_until":null,"order":"O-2026-0002","invoice":null,"issued":[]}');
INSERT INTO "orders" VALUES(20260000000003,'equal','2026-05-05','upgrade',20260000000001,2,2,'{"billed_until":"2026-06-01","end":null,"steps":[["2026-01-01","starter",10,2,"monthly",null,null,null],["2026-06-01","starter",9,2,"monthly",null,100000,250000]]}','{"schema":"change/1","space":"equal","date":"2026-05-05","kind":"upgrade","changed":true,"currency":"EUR","before":{"plan":"starter","users":9,"zoom":2,"billing":"monthly","fee":"140.00","fee_per":"month"},"after":{"plan":"starter","users":10,"zoom":2,"billing":"monthly","fee":"150.00","fee_per":"month"},"available_from":"2026-05-05","price_from":"2026-06-01","rule":"4.4","free_until":"2026-05-31","renews_on":"2026-06-01","catch_up":[],"due_now":null,"next_invoice":{"kind":"recurring","date":"2026-06-01","period":{"start":"2026-06-01","end":"2026-07-01"},"lines":[{"item":"users","description":"Starter, 10 users","quantity":"10","rate":"11.00","per":"month","period":{"start":"2026-06-01","end":"2026-07-01"},"months":{"whole":1,"days":0,"of":0},"amount":"110.00"},{"item":"zoom","description":"Zoom licence","quantity":"2","rate":"25.00","per":"month","period":{"start":"2026-06-01","end":"2026-07-01"},"months":{"whole":1,"days":0,"of":0},"amount":"50.00"}],"net":"160.00","vat_category":"S","vat_rate":"21","vat_note":null,"vat":"33.60","total":"193.60"},"quote":"Q-2026-0001","valid_until":"2026-06-04","order":"O-2026-0003","invoice":null,"issued":[]}');
CREATE TABLE quotes (
  id INTEGER PRIMARY KEY,
  space TEXT NOT NULL REFERENCES spaces (id),
  date TEXT NOT NULL CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  valid_until TEXT NOT NULL CHECK (valid_until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  version INTEGER NOT NULL,
  catalog INTEGER NOT NULL REFERENCES catalogs (id),
  buyer INTEGER NOT NULL REFERENCES buyers (id),
  boundary TEXT CHECK (boundary GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  vat_category TEXT NOT NULL CHECK (vat_category IN ('S', 'AE', 'O')),
  vat_rate INTEGER NOT NULL CHECK (vat_rate >= 0),
  before TEXT NOT NULL,
  document TEXT NOT NULL
) STRICT;
INSERT INTO "quotes" VALUES(20260000000001,'equal','2026-05-05','2026-06-04',2,1,2,NULL,'S',210000,'{"billed_until":"2026-06-01","end":null,"steps":[["2026-01-01","starter",10,2,"monthly",null,null,null],["2026-06-01","starter",9,2,"monthly",null,100000,250000]]}','{"schema":"change/1","space":"equal","date":"2026-05-05","kind":"upgrade","changed":true,"currency":"EUR","before":{"plan":"starter","users":9,"zoom":2,"billing":"monthly","fee":"140.00","fee_per":"month"},"after":{"plan":"starter","users":10,"zoom":2,"billing":"monthly","fee":"150.00","fee_per":"month"},"available_from":"2026-05-05","price_from":"2026-06-01","rule":"4.4","free_until":"2026-05-31","renews_on":"2026-06-01","catch_up":[],"due_now":null,"next_invoice":{"kind":"recurring","date":"2026-06-01","period":{"start":"2026-06-01","end":"2026-07-01"},"lines":[{"item":"users","description":"Starter, 10 users","quantity":"10","rate":"10.00","per":"month","period":{"start":"2026-06-01","end":"2026-07-01"},"months":{"whole":1,"days":0,"of":0},"amount":"100.00"},{"item":"zoom","description":"Zoom licence","quantity":"2","rate":"25.00","per":"month","period":{"start":"2026-06-01","end":"2026-07-01"},"months":{"whole":1,"days":0,"of":0},"amount":"50.00"}],"net":"150.00","vat_category":"S","vat_rate":"21","vat_note":null,"vat":"31.50","total":"181.50"},"quote":"Q-2026-0001","valid_until":"2026-06-04","order":null,"invoice":null,"issued":[]}');
INSERT INTO "quotes" VALUES(20260000000002,'offered','2026-06-20','2026-07-20',1,4,3,NULL,'S',210000,'{"billed_until":"2026-07-01","end":null,"steps":[["2026-01-01","starter",10,2,"monthly",null,null,null]]}','{"schema":"change/1","space":"offered","date":"2026-06-20","kind":"upgrade","changed":true,"currency":"EUR","before":{"plan":"starter","users":10,"zoom":2,"billing":"monthly","fee":"160.00","fee_per":"month"},"after":{"plan":"starter","users":20,"zoom":2,"billing":"monthly","fee":"270.00","fee_per":"month"},"available_from":"2026-06-20","price_from":"2026-07-01","rule":"4.4","free_until":"2026-06-30","renews_on":"2026-07-01","catch_up":[],"due_now":null,"next_invoice":{"kind":"recurring","date":"2026-07-01","period":{"start":"2026-07-01","end":"2026-08-01"},"lines":[{"item":"users","description":"Starter, 20 users","quantity":"20","rate":"11.00","per":"month","period":{"start":"2026-07-01","end":"2026-08-01"},"months":{"whole":1,"days":0,"of":0},"amount":"220.00"},{"item":"zoom","description":"Zoom licence","quantity":"2","rate":"25.00","per":"month","period":{"start":"2026-07-01","end":"2026-08-01"},"months":{"whole":1,"days":0,"of":0},"amount":"50.00"}],"net":"270.00","vat_category":"S","vat_rate":"19","vat_note":null,"vat":"51.30","total":"321.30"},"quote":"Q-2026-0002","valid_until":"2026-07-20","order":null,"invoice":null,"issued":[]}');
CREATE TABLE spaces (
  id TEXT PRIMARY KEY,
  buyer INTEGER NOT NULL REFERENCES buyers (id),
  payment TEXT NOT NULL CHECK (payment IN ('invoice', 'direct-debit', 'card')),
  iban TEXT,
  active_users INTEGER NOT NULL CHECK (active_users >= 0),
  locked INTEGER NOT NULL DEFAULT 0 CHECK (locked IN (0, 1))
) STRICT, WITHOUT ROWID;
INSERT INTO "spaces" VALUES('equal',2,'invoice',NULL,0,0);
INSERT INTO "spaces" VALUES('late',1,'invoice',NULL,0,0);
INSERT INTO "spaces" VALUES('moved',5,'invoice',NULL,0,0);
INSERT INTO "spaces" VALUES('offered',3,'invoice',NULL,0,0);
CREATE TABLE steps (
  space TEXT NOT NULL REFERENCES contracts (space),
  start TEXT NOT NULL CHECK (start GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  plan TEXT NOT NULL,
  users INTEGER NOT NULL CHECK (users > 0),
  zoom INTEGER NOT NULL CHECK (zoom >= 0),
  billing TEXT NOT NULL CHECK (billing IN ('monthly', 'annual')),
  anchor TEXT CHECK (anchor GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  user_rate INTEGER CHECK (user_rate >= 0),
  zoom_rate INTEGER CHECK (zoom_rate >= 0),
  PRIMARY KEY (space, start),
  CHECK ((anchor IS NULL) = (billing = 'monthly')),
  CHECK ((user_rate IS NULL) = (zoom_rate IS NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO "steps" VALUES('equal','2026-01-01','starter',10,2,'monthly',NULL,NULL,NULL);
INSERT INTO "steps" VALUES('late','2026-06-01','starter',10,2,'monthly',NULL,NULL,NULL);
INSERT INTO "steps" VALUES('moved','2025-10-01','starter',10,2,'annual','2025-10-01',NULL,NULL);
INSERT INTO "steps" VALUES('offered','2026-01-01','starter',10,2,'monthly',NULL,NULL,NULL);
CREATE TABLE store (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  sandbox INTEGER NOT NULL CHECK (sandbox IN (0, 1)),
  day TEXT CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  last_write TEXT CHECK (last_write GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  default_space TEXT REFERENCES spaces (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
INSERT INTO "store" VALUES(1,1,'2026-07-01','2026-07-01',NULL);
CREATE TABLE withdrawals (
  "order" INTEGER PRIMARY KEY REFERENCES orders (id),
  date TEXT NOT NULL CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  credit_note INTEGER REFERENCES invoices (id)
) STRICT;
INSERT INTO "withdrawals" VALUES(20260000000001,'2026-04-25',20260000000004);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX contracts_due ON contracts (billed_until, space) WHERE end IS NULL OR billed_until < end;
CREATE INDEX quotes_space ON quotes (space, id);
CREATE INDEX orders_space ON orders (space, id);
CREATE UNIQUE INDEX orders_quote ON orders (quote) WHERE quote IS NOT NULL;
CREATE INDEX invoices_space ON invoices (space, id);
CREATE INDEX invoices_order ON invoices ("order") WHERE "order" IS NOT NULL;
CREATE TRIGGER catalogs_no_replace BEFORE INSERT ON catalogs WHEN EXISTS (SELECT 1 FROM catalogs WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'catalogs are never changed'); END;
CREATE TRIGGER catalogs_no_update BEFORE UPDATE ON catalogs BEGIN SELECT RAISE(ABORT, 'catalogs are never changed'); END;
CREATE TRIGGER catalogs_no_delete BEFORE DELETE ON catalogs BEGIN SELECT RAISE(ABORT, 'catalogs are never changed'); END;
CREATE TRIGGER buyers_no_replace BEFORE INSERT ON buyers WHEN EXISTS (SELECT 1 FROM buyers WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'buyers are never changed'); END;
CREATE TRIGGER buyers_no_update BEFORE UPDATE ON buyers BEGIN SELECT RAISE(ABORT, 'buyers are never changed'); END;
CREATE TRIGGER buyers_no_delete BEFORE DELETE ON buyers BEGIN SELECT RAISE(ABORT, 'buyers are never changed'); END;
CREATE TRIGGER quotes_no_replace BEFORE INSERT ON quotes WHEN EXISTS (SELECT 1 FROM quotes WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'quotes are never changed'); END;
CREATE TRIGGER quotes_no_update BEFORE UPDATE ON quotes BEGIN SELECT RAISE(ABORT, 'quotes are never changed'); END;
CREATE TRIGGER quotes_no_delete BEFORE DELETE ON quotes BEGIN SELECT RAISE(ABORT, 'quotes are never changed'); END;
CREATE TRIGGER orders_no_replace BEFORE INSERT ON orders WHEN EXISTS (SELECT 1 FROM orders WHERE id = NEW.id OR quote = NEW.quote) BEGIN SELECT RAISE(ABORT, 'orders are never changed'); END;
CREATE TRIGGER orders_no_update BEFORE UPDATE ON orders BEGIN SELECT RAISE(ABORT, 'orders are never changed'); END;
CREATE TRIGGER orders_no_delete BEFORE DELETE ON orders BEGIN SELECT RAISE(ABORT, 'orders are never changed'); END;
CREATE TRIGGER invoices_no_replace BEFORE INSERT ON invoices WHEN EXISTS (SELECT 1 FROM invoices WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'invoices are never changed'); END;
CREATE TRIGGER invoices_no_update BEFORE UPDATE ON invoices BEGIN SELECT RAISE(ABORT, 'invoices are never changed'); END;
CREATE TRIGGER invoices_no_delete BEFORE DELETE ON invoices BEGIN SELECT RAISE(ABORT, 'invoices are never changed'); END;
CREATE TRIGGER withdrawals_no_replace BEFORE INSERT ON withdrawals WHEN EXISTS (SELECT 1 FROM withdrawals WHERE "order" = NEW."order") BEGIN SELECT RAISE(ABORT, 'withdrawals are never changed'); END;
CREATE TRIGGER withdrawals_no_update BEFORE UPDATE ON withdrawals BEGIN SELECT RAISE(ABORT, 'withdrawals are never changed'); END;
CREATE TRIGGER withdrawals_no_delete BEFORE DELETE ON withdrawals BEGIN SELECT RAISE(ABORT, 'withdrawals are never changed'); END;
CREATE TRIGGER history_no_replace BEFORE INSERT ON history WHEN EXISTS (SELECT 1 FROM history WHERE id = NEW.id OR hash = NEW.hash) BEGIN SELECT RAISE(ABORT, 'history are never changed'); END;
CREATE TRIGGER history_no_update BEFORE UPDATE ON history BEGIN SELECT RAISE(ABORT, 'history are never changed'); END;
CREATE TRIGGER history_no_delete BEFORE DELETE ON history BEGIN SELECT RAISE(ABORT, 'history are never changed'); END;
CREATE INDEX contracts_entered ON contracts (entered_on DESC, entry DESC);
COMMIT;
