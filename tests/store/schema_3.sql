PRAGMA application_id=1937072739;
PRAGMA user_version=3;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'subctl','m001_first','2026-11-26 03:43:58.264868+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'subctl','m002_seals','2026-11-26 03:43:58.265296+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'subctl','m002_entry','2026-11-26 03:43:58.265895+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'subctl','m003_facts','2026-11-26 03:43:58.309733+00:00');
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
, payment TEXT, iban TEXT, mandate TEXT, language TEXT, street TEXT, postcode TEXT, city TEXT, legal_id TEXT, endpoint TEXT, buyer_reference TEXT, contact TEXT, phone TEXT, e_invoice TEXT) STRICT;
INSERT INTO "buyers" VALUES(1,'Acme',NULL,'NL',NULL,'ap@acme.example',NULL,'invoice',NULL,NULL,NULL,'Herengracht 7','1015 BA','Amsterdam','0106:23456789','0106:23456789','Purchasing','Ann de Vries','+31 20 234 5678','peppol');
INSERT INTO "buyers" VALUES(2,'Atelier',NULL,'NL',NULL,'bureau@atelier.example',NULL,'invoice',NULL,NULL,'fr','Wycker Brugstraat 3','6221 EA','Maastricht','0106:34567890',NULL,NULL,'Zoé Petit','+31 43 345 6789','en16931');
INSERT INTO "buyers" VALUES(3,'Berlin GmbH',NULL,'DE','DE136695976','a@b.example',NULL,'direct-debit','NL91ABNA0417164300',NULL,'de',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "buyers" VALUES(4,'Acme',NULL,'NL',NULL,'ap@acme.example',NULL,'direct-debit','NL91ABNA0417164300',NULL,NULL,'Herengracht 7','1015 BA','Utrecht','0106:23456789','0106:23456789','Purchasing','Ann de Vries','+31 20 234 5678','peppol');
CREATE TABLE "catalogs" (
  id INTEGER PRIMARY KEY,
  action TEXT NOT NULL CHECK (action IN ('import', 'drop', 'first')),
  valid_from TEXT NOT NULL CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  imported_on TEXT NOT NULL CHECK (imported_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  content TEXT CHECK ((content IS NULL) = (action = 'drop'))
) STRICT;
INSERT INTO "catalogs" VALUES(1,'first','2026-01-01','2026-03-15','{"name":"2026","valid_from":"2026-01-01","currency":"EUR","seller":{"name":"Example Software B.V.","address":"Keizersgracht 1, 1015 CN Amsterdam","country":"NL","vat_id":"NL123456782B90","vat_rate":"21","timezone":"Europe/Amsterdam","support":"support@example.com","iban":"NL91ABNA0417164300","street":"Keizersgracht 1","postcode":"1015 CN","city":"Amsterdam","legal_id":"0106:12345678","endpoint":"0106:12345678","contact":"Accounts","phone":"+31 20 123 4567","email":"invoices@example.com","bic":"ABNANL2A","creditor_id":"NL69ZZZ123456780000"},"policy":{"notice_months":1,"quote_days":30,"payment_days":30},"plans":{"starter":{"title":"Starter","monthly":"10.00","annual":"100.00","max_users":50},"pro":{"title":"Pro","monthly":"18.00","annual":"180.00"},"business":{"title":"Business","monthly":"27.95","annual":"279.50","min_users":5},"enterprise":{"title":"Enterprise","monthly":"40.00","annual":"400.00","min_users":50,"self_service":false}},"licences":{"zoom":{"title":"Zoom licence","monthly":"25.00","annual":"250.00","titles":{"fr":"Licence Zoom","nl":"Zoom-licentie","de":"Zoom-Lizenz"}}}}');
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
INSERT INTO "contracts" VALUES('acme','2025-07-01','2025-07-01','2026-03-15','2026-07-01','2027-07-01',NULL,2,1);
INSERT INTO "contracts" VALUES('atelier','2025-07-01','2025-07-01','2026-03-15','2026-04-01','2026-08-01',NULL,4,2);
INSERT INTO "contracts" VALUES('berlin','2026-04-20','2026-05-01','2026-03-15','2026-05-01','2026-08-01','2026-08-01',2,3);
CREATE TABLE entries (
  id INTEGER PRIMARY KEY,
  space TEXT NOT NULL UNIQUE REFERENCES spaces (id),
  entered_on TEXT NOT NULL CHECK (entered_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  start TEXT NOT NULL CHECK (start GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  billed_until TEXT NOT NULL CHECK (billed_until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  plan TEXT NOT NULL,
  users INTEGER NOT NULL CHECK (users > 0),
  licences TEXT NOT NULL,
  billing TEXT NOT NULL CHECK (billing IN ('monthly', 'annual')),
  anchor TEXT CHECK (anchor GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  CHECK ((anchor IS NULL) = (billing = 'monthly'))
) STRICT;
INSERT INTO "entries" VALUES(1,'acme','2026-03-15','2025-07-01','2026-07-01','starter',10,'{"zoom":2}','annual','2025-07-01');
INSERT INTO "entries" VALUES(2,'atelier','2026-03-15','2025-07-01','2026-04-01','starter',10,'{"zoom":2}','monthly',NULL);
INSERT INTO "entries" VALUES(3,'berlin','2026-03-15','2026-04-20','2026-05-01','pro',5,'{"zoom":1}','monthly',NULL);
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
, seal TEXT, state TEXT) STRICT;
INSERT INTO "history" VALUES(1,'2026-11-26T03:43:58+00:00','2026-03-15',0,'root','init',NULL,'{"catalog":"2026"}','44a1b836d26602899a8f148fc918f6ff2e1de161da47e5259b63b9a140401a14','{"catalogs":[1,"6a92531489336599333f1b49720a4c6166d8a10d5d49906f4ea58a4f23272bc1"],"buyers":[0,null],"quotes":[0,null],"orders":[0,null],"invoices":[0,null]}','a07f192c2a9b2a36f8fd2e3c49592065d2a004deee64aae55ac325a9f4d0dea77229e0e908df24a17df3d68583dd7eea96cd57ba76164af09213877284f5f46ad057a4d3618d916cea26a9ab776775fdb40d5850afd3b9c1d775d35df86a7bad84ea8d7d2651a41744ee3d8556b4a70f81a0e5b90e91298e7ab95e8ff99ea8dffed48df46f99fefd0c60c6276395cf9f4d9aa2c44504b7257368424e58077c9248c53a846cf0fb7326c1f9fbe5822cc2762ebdadb8c7b2182f78648514ba4f2626d2bbf06ae1701c08c00db4de0482b856cfcac0ff36be3b64def1fc731311088eff5f9a325627c78866612a4d751ee82a466e1f5ba0795719587b81a1be37a7');
INSERT INTO "history" VALUES(2,'2026-11-26T03:43:58+00:00','2026-03-15',0,'root','space add','acme','{"added":{"plan":"starter","users":10,"licences":[["zoom",2]],"billing":"annual"}}','f0b379921ccb9f9f37c8bb0c288e88c493ab1ac7f8490d567f1eeb49766e8236','{"catalogs":[1,null],"buyers":[1,"fa05efef2f45d47180d8b5f80ce4606de513368213377f3de43f9f9cf41c51e4"],"quotes":[0,null],"orders":[0,null],"invoices":[0,null]}','e8d86e09cdc18648cad0a7e06283d12f21add9204f74215be3f220174cfd6bc4d9fa9d6f3a677dd3a4cf084a10c0a1b17ff15356dfe7d065d7d7a6fa37a5e26ea16bca120aca40fd9f557e5aa90acb3b084f60ba52ea1d926371ab82474739a0db7076db7efbd33a97bd2749c464691e1bc2db9daa5a743a0ed254d1745b9f513e44255190c3b50a8d6c7e4477054e7c37c1f42b0b3f939501a115cea8c86c871fda6d44d7fa7ea44fed850540720ec7ab187e066c921f29660b926000e304a125f469e28d493560465baaf4b6d9a6ed0383a3b7362e979b6b0703b93d3305205abf62e906bdbcf7999dbaa8b90c868a2b58938e8cda1315368c2e172deb674f');
INSERT INTO "history" VALUES(3,'2026-11-26T03:43:58+00:00','2026-03-15',0,'root','space add','atelier','{"added":{"plan":"starter","users":10,"licences":[["zoom",2]],"billing":"monthly"}}','db3a1ae39302af2ca6de2a1a33c487b6afe7e6402db619e809fa431b498482f4','{"catalogs":[1,null],"buyers":[2,"9aa79d0e693027382cf16fe3ee3364fb3ee6eaf5d0fdfcb30e11e1cb8ed9ccaa"],"quotes":[0,null],"orders":[0,null],"invoices":[0,null]}','f619dc4c2be17d48eb931982803c277742728e2d58e92abb62f6d5e83c652892c81cb85c03ab6f16b50b45eea89f75e0eb6667c535c64cd9dcaec6f69f59c07aaf1e5aeadb966a3cb6df391bee6f3af14a555e65474ec5415e7da55f20407c078f5543e7677a80e39dbf66e9e3518afe891604bcc590bdbac714394146893978a236bd9317a88ae209a0d00904354df4cb2b294a33416ab2e56298140505bc157d54d79198f8e7eab867918a39280f061786d0c1a04a1601325e0a572327559cb87711b7717dfde061c9c0e6ef2d75dac6a354ce0de3f1ddbb32f32e57f2887cdfa82e8f488eb52601cec7477a1df8acd2eb1978f0e236ec5c665e3d2be272a8');
INSERT INTO "history" VALUES(4,'2026-11-26T03:43:58+00:00','2026-03-15',0,'root','quote','acme','{"quote":"Q-2026-0001"}','5af95f929786b1922ca8da236af3750fb37861b1f07c745929d3131889c56f58','{"catalogs":[1,null],"buyers":[2,null],"quotes":[20260000000001,"d5a91bbc9030df9a716cd4447b39fc672016ac923968241e36b487634bf2f80d"],"orders":[0,null],"invoices":[0,null]}','f619dc4c2be17d48eb931982803c277742728e2d58e92abb62f6d5e83c652892c81cb85c03ab6f16b50b45eea89f75e0eb6667c535c64cd9dcaec6f69f59c07aaf1e5aeadb966a3cb6df391bee6f3af14a555e65474ec5415e7da55f20407c078f5543e7677a80e39dbf66e9e3518afe891604bcc590bdbac714394146893978a236bd9317a88ae209a0d00904354df4cb2b294a33416ab2e56298140505bc157d54d79198f8e7eab867918a39280f061786d0c1a04a1601325e0a572327559cb87711b7717dfde061c9c0e6ef2d75dac6a354ce0de3f1ddbb32f32e57f2887cdfa82e8f488eb52601cec7477a1df8acd2eb1978f0e236ec5c665e3d2be272a8');
INSERT INTO "history" VALUES(5,'2026-11-26T03:43:59+00:00','2026-03-15',0,'root','order','acme','{"order":"O-2026-0001","before":{"plan":"starter","users":10,"zoom":2,"licences":{"zoom":2},"billing":"annual","fee":"1500.00","fee_per":"year"},"after":{"plan":"pro","users":20,"zoom":2,"licences":{"zoom":2},"billing":"annual","fee":"4100.00","fee_per":"year"},"issued":["INV-2026-0001"]}','643bb7e6037ad26f2b3cffb201ef3999757280d7f70cb7f83ed8e93fbe722cb0','{"catalogs":[1,null],"buyers":[2,null],"quotes":[20260000000001,null],"orders":[20260000000001,"0110d7ab9efd15575b63c071345c74b5e28256804bee6d5fe9971eb84598b8d5"],"invoices":[20260000000001,"5cdcb75ce73631cefee5174452c887532c1aa775da25ca19a9b074bbf61a7002"]}','cdc3adc1412b3221706fefda8f5d8b41c1552655d204bfe586c4476f27daf13a8e5b7418e3eb8bed825a5f7c4b377ba91923f4bd202fd7938ecd68362206b2c6a4ef9308e64e077232bd513ae7af7c85c107f7d10256a8ea7c87e4f0a20bdf02ad100528f742d52f978258ce4c9c61b837f20b948859a85c6637f079b060a8f86d543c935eafe7d3bfa6ba48e7acf165920de803993a7062c9c629bad08f5b043b21233070d06c87e497aca5be62f5e0709bc4c2a17d55e90f7123aeed617f5df71672d739837c374d486134aa80f58b7ec33caa8f4b06a196ac9ac2b484c6fd45c48aa4f2d8851d1b391f3e759f9250fbbc61e56b2d49804591ae52b332bd0a');
INSERT INTO "history" VALUES(6,'2026-11-26T03:44:00+00:00','2026-03-15',0,'root','space add','berlin','{"added":{"plan":"pro","users":5,"licences":[["zoom",1]],"billing":"monthly"},"vies":"not checked"}','ca70d63aeda706a6042ac400dbbc925a14deb59150d1605f22a706f0422e923f','{"catalogs":[1,null],"buyers":[3,"b620babc7c752dfcf6c9e47ad3940555cd223652c85013569bb1acd816e9dd86"],"quotes":[20260000000001,null],"orders":[20260000000001,null],"invoices":[20260000000001,null]}','f8eed85aa0233edae3060dcf52ed58f1cb56e5c72299628ca522be0e8543e4850058d182505c6363e5c74b561649e711f088632ca82e57fb704f65a1ad5a0f2e0ef3e1f963338233d80706e35dcf7e9a6adc593388289f87a12b89d43fd8185740a5c617f5fef11f3af193d565c6657e9bb896e49b4fd0c6450680fe9d06b62e085c20b2f031333e791c23c31c5e4953c95328c1980d41911725df07bdba81f439d0e122e6907995169a282777216c125e38a899d251909919009a7f62dba13177a670e9b942a4ac27d880e0f6e0b8fc4b7a0f675e48bf2e131da4de06526d30024cd0fa36eae81dec9c4dc3051dbb2fc6c0ba1edd86e3caa1ed70a2cc4f43ef');
INSERT INTO "history" VALUES(7,'2026-11-26T03:44:00+00:00','2026-03-15',0,'root','upgrade','atelier','{"order":"O-2026-0002","before":{"plan":"starter","users":10,"zoom":2,"licences":{"zoom":2},"billing":"monthly","fee":"150.00","fee_per":"month"},"after":{"plan":"starter","users":12,"zoom":2,"licences":{"zoom":2},"billing":"monthly","fee":"170.00","fee_per":"month"},"issued":[]}','2801a206abd97d5b22209a22ca3ddb9c045b5796930ce4b3fd8a3ff66ba7f99a','{"catalogs":[1,null],"buyers":[3,null],"quotes":[20260000000001,null],"orders":[20260000000002,"a65917bb44ad9d2dc1917eea4b03774b435a2508e2d09d71c6724e63d258bfce"],"invoices":[20260000000001,null]}','bc3797b66cf5de45bc7868cb9703715dcfe0f869a98850ad1a52b1ef515f03d85e21e8b0b2614aad7c2216464f32e616d0a5e995a0b9f43b9178f3ee6a5674f40dea8a10f006729d4c61ae896d6b1d2a26546daff40e01ed3d43a24e9c3daafce4dde8bf69678284b5d4714241b5a84bf2c1842f7b5edb56fe644dbe49ed72e6dc66af0a750c64ac2e1474083c887b4e9a67f1561ea7df9134fb23328a0984c6f4849642af9960d2251aa9c60008702515795b8ef1997b8dfd237f5d8e42cc8a092bd3777779fb582d9de979f7506cfab53a2fa0e75ca07407d92c1b0e48d1d67087588ba09eadafab2ea6d87d03aaa049af3a99d1404d5348656d5d4dea9b68');
INSERT INTO "history" VALUES(8,'2026-11-26T03:44:01+00:00','2026-03-15',0,'root','withdraw','atelier','{"withdrawn":"O-2026-0002","credit_note":null}','af6b897804971ee968f0b737bd312660863d9bff997b8d65dc44ae2a8486b511','{"catalogs":[1,null],"buyers":[3,null],"quotes":[20260000000001,null],"orders":[20260000000002,null],"invoices":[20260000000001,null]}','ff6c3acd51894b6d84450b58636990ec6f3cd06abd8cdec46b81aec5be260d63dbfe3dbaa2b66fab511a79d797bd599956233cb5d95e1732257434ed48802435e5a8ca0f5184a3b6e5fa389a40a6a9b18c2ae0f5fc7ab9366cb243ecbfdc2f731bbe56ab499695911bbbea0b5d85525e8bcc58f7ff2b03be9b656161263027dcb2ceda63e0d7f2b0b6a4b8b7041071e1e19cef83d5a94d1a9e1712a1c940fa3c819f93a5084e65cbae25f34737c49a9b7955193b98f49c488752bad4c39b56d1b234985fc135e6cd104863904186d4c9d64e29f4e6e1de7351ca13a0dab33c18a3463a422cd9478d0aec4ba2f02147448c364de85b4ac1cb47214db41f325059');
INSERT INTO "history" VALUES(9,'2026-11-26T03:44:01+00:00','2026-03-15',0,'root','space set','acme','{"before":{"id":"acme","name":"Acme","country":"NL","vat_id":null,"active_users":7,"locked":false,"address":null,"email":"ap@acme.example","reference":null,"payment":"invoice","iban":null,"street":"Herengracht 7","postcode":"1015 BA","city":"Amsterdam","legal_id":"0106:23456789","endpoint":"0106:23456789","buyer_reference":"Purchasing","contact":"Ann de Vries","phone":"+31 20 234 5678","language":null,"e_invoice":"peppol"},"after":{"id":"acme","name":"Acme","country":"NL","vat_id":null,"active_users":7,"locked":false,"address":null,"email":"ap@acme.example","reference":null,"payment":"direct-debit","iban":"…4300","street":"Herengracht 7","postcode":"1015 BA","city":"Utrecht","legal_id":"0106:23456789","endpoint":"0106:23456789","buyer_reference":"Purchasing","contact":"Ann de Vries","phone":"+31 20 234 5678","language":null,"e_invoice":"peppol"},"default":false}','89faeeb9bc6b491e03e57d5ec3c541ae754aa20ea27816a8d8d3ef66de75a908','{"catalogs":[1,null],"buyers":[4,"5190397af6b6b01049f9e461946dad8d83229b90444ae693ab8762a1c3b4c9b0"],"quotes":[20260000000001,null],"orders":[20260000000002,null],"invoices":[20260000000001,null]}','b2652a57f2d70538253c8f94b6f612a68b60fdaa74fad34056e2e86c2e4965d90d129a8a7b37f9d660f5d21f2e332a02cadbdd8e2bf2e71298d1cbf32744a0899f52ee11302270d1226ec9b9c2ba8cb365aea809d92090141d852a6fd61411f91db4744336b501a702159cbd55b6fcb1a9a05cb0f58525990378b29bf2a413c006869c23b607acd5361dbcb1b30467f1e164f694a7c07119a52179a4c734f16a769d9c91b70f4eac789beda9f7a651776454c48aa64066bbc0f858d5305c6235a9d4f9aad586b9f305e7151c96ef738abedd8033f925e0ef2d205e86a7cf5558fec2e63e5d9e0ebad7491970ee111217728b2c6a22cfe382a8bc8858e295ef99');
INSERT INTO "history" VALUES(10,'2026-11-26T03:44:02+00:00','2026-07-01',0,'root','bill',NULL,'{"contracts":3,"invoices":8,"numbers":["INV-2026-0002","INV-2026-0009"]}','de8529bd30aa32ae0dff9fa7aacd1b5b098f90ae4297b7102710c678a60880e9','{"catalogs":[1,null],"buyers":[4,null],"quotes":[20260000000001,null],"orders":[20260000000002,null],"invoices":[20260000000009,"a3a6fffdfebc785197ade2d791fa43aafb53a20b8bc24458cbe2793c2922456d"]}','576a5677cac522240fc3aae386e063fbcb3b63bccdf9d1ec79846c8176967c69b1a7c4b095bf3de6c349e2d771b7e7d879523e2bb4c211ad049ac773e0d2f09e78db1ecd317b46bded33a4de95d265af2db54709ee6b85970da2af32821f3b5a8a61f645bb1c60be88de499d1de7885a0d1b5e583130f53501523276a35516072a5c0b9d1e111a29cc04aa26c0bda2e11b75b293a56fe2e50b234767cf04a4dd277feda55d3d8806a0b50c74dc4b3dbc99ad4dfee2fa19883c3bb850bd05f241084fa30fc3e5cc5d4d35b573de460fa2fd5534f3ca71afc4dac5f364660f05f8ba51cd789eb2e16c1142f644d13ff841f309bbf3bd648e4def9b060bc199b404');
INSERT INTO "history" VALUES(11,'2026-11-26T03:44:02+00:00','2026-07-01',0,'root','quote','berlin','{"quote":"Q-2026-0002"}','a6c14525778ff02e2c5f132dbb5a1879f43a88b765d2783d3b09636b8b5966ff','{"catalogs":[1,null],"buyers":[4,null],"quotes":[20260000000002,"6c24e5d238917df340b6eafad679c9bd6ba9331e4bcc73dca30e4f32c2a0a61a"],"orders":[20260000000002,null],"invoices":[20260000000009,null]}','576a5677cac522240fc3aae386e063fbcb3b63bccdf9d1ec79846c8176967c69b1a7c4b095bf3de6c349e2d771b7e7d879523e2bb4c211ad049ac773e0d2f09e78db1ecd317b46bded33a4de95d265af2db54709ee6b85970da2af32821f3b5a8a61f645bb1c60be88de499d1de7885a0d1b5e583130f53501523276a35516072a5c0b9d1e111a29cc04aa26c0bda2e11b75b293a56fe2e50b234767cf04a4dd277feda55d3d8806a0b50c74dc4b3dbc99ad4dfee2fa19883c3bb850bd05f241084fa30fc3e5cc5d4d35b573de460fa2fd5534f3ca71afc4dac5f364660f05f8ba51cd789eb2e16c1142f644d13ff841f309bbf3bd648e4def9b060bc199b404');
INSERT INTO "history" VALUES(12,'2026-11-26T03:44:03+00:00','2026-07-01',0,'root','downgrade','atelier','{"order":"O-2026-0003","before":{"plan":"starter","users":10,"zoom":2,"licences":{"zoom":2},"billing":"monthly","fee":"150.00","fee_per":"month"},"after":{"plan":"starter","users":8,"zoom":2,"licences":{"zoom":2},"billing":"monthly","fee":"130.00","fee_per":"month"},"issued":[]}','fdc1310b14c5c3d9812d075cd97d7b90be7b89e97cb82792c1603c6a09782678','{"catalogs":[1,null],"buyers":[4,null],"quotes":[20260000000002,null],"orders":[20260000000003,"b5b24828ebf729750ecb416d42d750e7b8c51e314dd576b9d06d31472a829e0e"],"invoices":[20260000000009,null]}','ab46497b5362dab1f70c29a539f19402f64bd3bd52384df8ed6527d2a93afc2fe86c2c9aa3e7d6fad78e31ef4b735842c87f3611ea495f4264c02364cfedf1a3b856c79ac18bf4e8327836b004a6d8d9f8b296b8e7685d6fe4508a5d9c8786c1d353b3ba231d8aee20c41139f9d512a6a2c203dd999c63f35e1f26ea1e25bb46315f58dc583ed4cf0d361b3c25605d01912c2c721217edcbd51dfb7972d3bf5fbc213fd8cce11ea0e1dc140f8ebc8e09c714eaa549bdd6323ab331ef866326366de36446729febce577663ac95fe3aa7eba05fe7059c1fc452ad2c184bfe2f79ff51e16f5a7b29f213382035113bab170bdaf70e6bb2782398313c80f82a9d4b');
INSERT INTO "history" VALUES(13,'2026-11-26T03:44:03+00:00','2026-07-01',0,'root','cancel','berlin','{"order":"O-2026-0004","last_day":"2026-07-31","issued":[]}','7dd2f3d75d8f2565bc3f77ad9d237f171050f8b30f6d577be2a80deb539c6b4b','{"catalogs":[1,null],"buyers":[4,null],"quotes":[20260000000002,null],"orders":[20260000000004,"54a0dad98d7b030d5faab9846d1181424268c98583825719d000358a5eb57d1e"],"invoices":[20260000000009,null]}','6bda4a175d98641b7ad459ef03726d24fe42daaf201a436823a297e0139e833ae0d4f98899975556f22dc4e4b83158bb95427d22883ae9e7dfb05a2f56b4faf5ead8a3010fe7a068c24058b3b1c89930b971b7d360ef9d26d594aa8557b7bac1e958732dfcbbf5b7e571adc35751a0eeeca46b51c922da9feec5d171529ab6d1801a8ed944cffe719c5b49258712a76de8488ab4123260e09f954dc11d80babdfb931d05b4ce7e75f01589c7b80369edd37f3bacec9e6103321d5436085af6aa245e6957e8060b18e528ab5f4f0f82406d77602d0985f3baafecf2a002b87b88288ba67628b685dd90c0e61f4bdef7761d7cada0ea6adf6f288f0f6ee1a472cf');
CREATE TABLE "invoices" (
  id INTEGER PRIMARY KEY,
  space TEXT NOT NULL REFERENCES spaces (id),
  "order" INTEGER REFERENCES orders (id) DEFERRABLE INITIALLY DEFERRED,
  kind TEXT NOT NULL CHECK (kind IN ('upgrade', 'recurring', 'credit')),
  credits INTEGER REFERENCES invoices (id) CHECK ((credits IS NULL) = (kind <> 'credit')),
  date TEXT NOT NULL CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  due_date TEXT CHECK (due_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND due_date >= date),
  start TEXT NOT NULL CHECK (start GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  end TEXT NOT NULL CHECK (end GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND end > start),
  net INTEGER NOT NULL,
  vat INTEGER NOT NULL,
  total INTEGER NOT NULL CHECK (total = net + vat AND (total >= 0) = (kind <> 'credit')),
  vat_category TEXT NOT NULL CHECK (vat_category IN ('S', 'AE', 'O', 'E')),
  vat_rate INTEGER NOT NULL CHECK (vat_rate >= 0),
  vat_note TEXT,
  catalog INTEGER NOT NULL REFERENCES catalogs (id),
  buyer INTEGER NOT NULL REFERENCES buyers (id),
  rules INTEGER NOT NULL CHECK (rules > 0),
  lines TEXT NOT NULL,
  words TEXT
) STRICT;
INSERT INTO "invoices" VALUES(20260000000001,'acme',20260000000001,'upgrade',NULL,'2026-03-15','2026-04-14','2026-04-01','2026-07-01',65000,13650,78650,'S',210000,NULL,1,1,2,'{"v":2,"lines":[{"item":"users","before":{"name":"starter","title":"Starter","number":10,"rate":1000000},"after":{"name":"pro","title":"Pro","number":20,"rate":1800000},"quantity":1,"rate":26000000,"per":"year","period":{"start":"2026-04-01","end":"2026-07-01"},"months":{"whole":3,"days":0,"of":0},"amount":65000}],"vat":{"category":"S","rate":210000,"country":"NL","seller_vat_id":"NL123456782B90","vat_id":null,"exempt":null}}','{"lines":["Pro for 20 users instead of Starter for 10 users"],"vat":null}');
INSERT INTO "invoices" VALUES(20260000000002,'atelier',NULL,'recurring',NULL,'2026-07-01','2026-07-31','2026-04-01','2026-05-01',15000,3150,18150,'S',210000,NULL,1,2,2,'{"v":2,"lines":[{"item":"users","before":null,"after":{"name":"starter","title":"Starter","number":10,"rate":100000},"quantity":10,"rate":100000,"per":"month","period":{"start":"2026-04-01","end":"2026-05-01"},"months":{"whole":1,"days":0,"of":0},"amount":10000},{"item":"zoom","before":null,"after":{"name":"zoom","title":"Zoom licence","number":2,"rate":250000},"quantity":2,"rate":250000,"per":"month","period":{"start":"2026-04-01","end":"2026-05-01"},"months":{"whole":1,"days":0,"of":0},"amount":5000}],"vat":{"category":"S","rate":210000,"country":"NL","seller_vat_id":"NL123456782B90","vat_id":null,"exempt":null}}','{"lines":["Starter, 10 users","Zoom licence"],"vat":null}');
INSERT INTO "invoices" VALUES(20260000000003,'atelier',NULL,'recurring',NULL,'2026-07-01','2026-07-31','2026-05-01','2026-06-01',15000,3150,18150,'S',210000,NULL,1,2,2,'{"v":2,"lines":[{"item":"users","before":null,"after":{"name":"starter","title":"Starter","number":10,"rate":100000},"quantity":10,"rate":100000,"per":"month","period":{"start":"2026-05-01","end":"2026-06-01"},"months":{"whole":1,"days":0,"of":0},"amount":10000},{"item":"zoom","before":null,"after":{"name":"zoom","title":"Zoom licence","number":2,"rate":250000},"quantity":2,"rate":250000,"per":"month","period":{"start":"2026-05-01","end":"2026-06-01"},"months":{"whole":1,"days":0,"of":0},"amount":5000}],"vat":{"category":"S","rate":210000,"country":"NL","seller_vat_id":"NL123456782B90","vat_id":null,"exempt":null}}','{"lines":["Starter, 10 users","Zoom licence"],"vat":null}');
INSERT INTO "invoices" VALUES(20260000000004,'atelier',NULL,'recurring',NULL,'2026-07-01','2026-07-31','2026-06-01','2026-07-01',15000,3150,18150,'S',210000,NULL,1,2,2,'{"v":2,"lines":[{"item":"users","before":null,"after":{"name":"starter","title":"Starter","number":10,"rate":100000},"quantity":10,"rate":100000,"per":"month","period":{"start":"2026-06-01","end":"2026-07-01"},"months":{"whole":1,"days":0,"of":0},"amount":10000},{"item":"zoom","before":null,"after":{"name":"zoom","title":"Zoom licence","number":2,"rate":250000},"quantity":2,"rate":250000,"per":"month","period":{"start":"2026-06-01","end":"2026-07-01"},"months":{"whole":1,"days":0,"of":0},"amount":5000}],"vat":{"category":"S","rate":210000,"country":"NL","seller_vat_id":"NL123456782B90","vat_id":null,"exempt":null}}','{"lines":["Starter, 10 users","Zoom licence"],"vat":null}');
INSERT INTO "invoices" VALUES(20260000000005,'atelier',NULL,'recurring',NULL,'2026-07-01','2026-07-31','2026-07-01','2026-08-01',15000,3150,18150,'S',210000,NULL,1,2,2,'{"v":2,"lines":[{"item":"users","before":null,"after":{"name":"starter","title":"Starter","number":10,"rate":100000},"quantity":10,"rate":100000,"per":"month","period":{"start":"2026-07-01","end":"2026-08-01"},"months":{"whole":1,"days":0,"of":0},"amount":10000},{"item":"zoom","before":null,"after":{"name":"zoom","title":"Zoom licence","number":2,"rate":250000},"quantity":2,"rate":250000,"per":"month","period":{"start":"2026-07-01","end":"2026-08-01"},"months":{"whole":1,"days":0,"of":0},"amount":5000}],"vat":{"category":"S","rate":210000,"country":"NL","seller_vat_id":"NL123456782B90","vat_id":null,"exempt":null}}','{"lines":["Starter, 10 users","Zoom licence"],"vat":null}');
INSERT INTO "invoices" VALUES(20260000000006,'berlin',NULL,'recurring',NULL,'2026-07-01','2026-07-31','2026-05-01','2026-06-01',11500,0,11500,'AE',0,'Reverse charge: the customer accounts for the VAT. VAT number DE136695976.',1,3,2,'{"v":2,"lines":[{"item":"users","before":null,"after":{"name":"pro","title":"Pro","number":5,"rate":180000},"quantity":5,"rate":180000,"per":"month","period":{"start":"2026-05-01","end":"2026-06-01"},"months":{"whole":1,"days":0,"of":0},"amount":9000},{"item":"zoom","before":null,"after":{"name":"zoom","title":"Zoom licence","number":1,"rate":250000},"quantity":1,"rate":250000,"per":"month","period":{"start":"2026-05-01","end":"2026-06-01"},"months":{"whole":1,"days":0,"of":0},"amount":2500}],"vat":{"category":"AE","rate":0,"country":"NL","seller_vat_id":"NL123456782B90","vat_id":"DE136695976","exempt":null}}','{"lines":["Pro, 5 users","Zoom licence"],"vat":"Reverse charge: the customer accounts for the VAT. VAT number DE136695976."}');
INSERT INTO "invoices" VALUES(20260000000007,'berlin',NULL,'recurring',NULL,'2026-07-01','2026-07-31','2026-06-01','2026-07-01',11500,0,11500,'AE',0,'Reverse charge: the customer accounts for the VAT. VAT number DE136695976.',1,3,2,'{"v":2,"lines":[{"item":"users","before":null,"after":{"name":"pro","title":"Pro","number":5,"rate":180000},"quantity":5,"rate":180000,"per":"month","period":{"start":"2026-06-01","end":"2026-07-01"},"months":{"whole":1,"days":0,"of":0},"amount":9000},{"item":"zoom","before":null,"after":{"name":"zoom","title":"Zoom licence","number":1,"rate":250000},"quantity":1,"rate":250000,"per":"month","period":{"start":"2026-06-01","end":"2026-07-01"},"months":{"whole":1,"days":0,"of":0},"amount":2500}],"vat":{"category":"AE","rate":0,"country":"NL","seller_vat_id":"NL123456782B90","vat_id":"DE136695976","exempt":null}}','{"lines":["Pro, 5 users","Zoom licence"],"vat":"Reverse charge: the customer accounts for the VAT. VAT number DE136695976."}');
INSERT INTO "invoices" VALUES(20260000000008,'berlin',NULL,'recurring',NULL,'2026-07-01','2026-07-31','2026-07-01','2026-08-01',11500,0,11500,'AE',0,'Reverse charge: the customer accounts for the VAT. VAT number DE136695976.',1,3,2,'{"v":2,"lines":[{"item":"users","before":null,"after":{"name":"pro","title":"Pro","number":5,"rate":180000},"quantity":5,"rate":180000,"per":"month","period":{"start":"2026-07-01","end":"2026-08-01"},"months":{"whole":1,"days":0,"of":0},"amount":9000},{"item":"zoom","before":null,"after":{"name":"zoom","title":"Zoom licence","number":1,"rate":250000},"quantity":1,"rate":250000,"per":"month","period":{"start":"2026-07-01","end":"2026-08-01"},"months":{"whole":1,"days":0,"of":0},"amount":2500}],"vat":{"category":"AE","rate":0,"country":"NL","seller_vat_id":"NL123456782B90","vat_id":"DE136695976","exempt":null}}','{"lines":["Pro, 5 users","Zoom licence"],"vat":"Reverse charge: the customer accounts for the VAT. VAT number DE136695976."}');
INSERT INTO "invoices" VALUES(20260000000009,'acme',NULL,'recurring',NULL,'2026-07-01','2026-07-31','2026-07-01','2027-07-01',410000,86100,496100,'S',210000,NULL,1,4,2,'{"v":2,"lines":[{"item":"users","before":null,"after":{"name":"pro","title":"Pro","number":20,"rate":1800000},"quantity":20,"rate":1800000,"per":"year","period":{"start":"2026-07-01","end":"2027-07-01"},"months":{"whole":12,"days":0,"of":0},"amount":360000},{"item":"zoom","before":null,"after":{"name":"zoom","title":"Zoom licence","number":2,"rate":2500000},"quantity":2,"rate":2500000,"per":"year","period":{"start":"2026-07-01","end":"2027-07-01"},"months":{"whole":12,"days":0,"of":0},"amount":50000}],"vat":{"category":"S","rate":210000,"country":"NL","seller_vat_id":"NL123456782B90","vat_id":null,"exempt":null}}','{"lines":["Pro, 20 users","Zoom licence"],"vat":null}');
CREATE TABLE "orders" (
  id INTEGER PRIMARY KEY,
  space TEXT NOT NULL REFERENCES spaces (id),
  date TEXT NOT NULL CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  kind TEXT NOT NULL CHECK (kind IN ('upgrade', 'downgrade', 'billing', 'cancel')),
  quote INTEGER REFERENCES quotes (id),
  catalog INTEGER NOT NULL REFERENCES catalogs (id),
  buyer INTEGER NOT NULL REFERENCES buyers (id),
  rules INTEGER NOT NULL CHECK (rules > 0),
  before TEXT NOT NULL,
  document TEXT NOT NULL,
  words TEXT
) STRICT;
INSERT INTO "orders" VALUES(20260000000001,'acme','2026-03-15','upgrade',20260000000001,1,1,2,'{"v":2,"billed_until":"2026-07-01","end":null,"steps":[{"start":"2025-07-01","plan":"starter","users":10,"licences":{"zoom":2},"billing":"annual","anchor":"2025-07-01","rates":null}]}','{"v":2,"change":{"kind":"upgrade","date":"2026-03-15","before":{"plan":"starter","users":10,"licences":{"zoom":2},"billing":"annual"},"after":{"plan":"pro","users":20,"licences":{"zoom":2},"billing":"annual"},"before_fee":{"amount":15000000,"per":"year"},"after_fee":{"amount":41000000,"per":"year"},"compared":{"before":15000000,"after":41000000,"per":"year"},"licences":["zoom"],"currency":"EUR","available_from":"2026-03-15","price_from":"2026-04-01","free_until":"2026-03-31","renews_on":"2026-07-01","catch_up":[],"due_now":{"kind":"upgrade","date":"2026-03-15","period":{"start":"2026-04-01","end":"2026-07-01"},"lines":[{"item":"users","before":{"name":"starter","title":"Starter","number":10,"rate":1000000},"after":{"name":"pro","title":"Pro","number":20,"rate":1800000},"quantity":1,"rate":26000000,"per":"year","period":{"start":"2026-04-01","end":"2026-07-01"},"months":{"whole":3,"days":0,"of":0},"amount":65000}],"vat":{"category":"S","rate":210000,"country":"NL","seller_vat_id":"NL123456782B90","vat_id":null,"exempt":null}},"next_invoice":{"kind":"recurring","date":"2026-07-01","period":{"start":"2026-07-01","end":"2027-07-01"},"lines":[{"item":"users","before":null,"after":{"name":"pro","title":"Pro","number":20,"rate":1800000},"quantity":20,"rate":1800000,"per":"year","period":{"start":"2026-07-01","end":"2027-07-01"},"months":{"whole":12,"days":0,"of":0},"amount":360000},{"item":"zoom","before":null,"after":{"name":"zoom","title":"Zoom licence","number":2,"rate":2500000},"quantity":2,"rate":2500000,"per":"year","period":{"start":"2026-07-01","end":"2027-07-01"},"months":{"whole":12,"days":0,"of":0},"amount":50000}],"vat":{"category":"S","rate":210000,"country":"NL","seller_vat_id":"NL123456782B90","vat_id":null,"exempt":null}},"rule":"4.5"},"issued":["INV-2026-0001"]}','{"catch_up":[],"due_now":[{"lines":["Pro for 20 users instead of Starter for 10 users"],"vat":null}],"next_invoice":[{"lines":["Pro, 20 users","Zoom licence"],"vat":null}]}');
INSERT INTO "orders" VALUES(20260000000002,'atelier','2026-03-15','upgrade',NULL,1,2,2,'{"v":2,"billed_until":"2026-04-01","end":null,"steps":[{"start":"2025-07-01","plan":"starter","users":10,"licences":{"zoom":2},"billing":"monthly","anchor":null,"rates":null}]}','{"v":2,"change":{"kind":"upgrade","date":"2026-03-15","before":{"plan":"starter","users":10,"licences":{"zoom":2},"billing":"monthly"},"after":{"plan":"starter","users":12,"licences":{"zoom":2},"billing":"monthly"},"before_fee":{"amount":1500000,"per":"month"},"after_fee":{"amount":1700000,"per":"month"},"compared":{"before":1500000,"after":1700000,"per":"month"},"licences":["zoom"],"currency":"EUR","available_from":"2026-03-15","price_from":"2026-04-01","free_until":"2026-03-31","renews_on":"2026-04-01","catch_up":[],"due_now":null,"next_invoice":{"kind":"recurring","date":"2026-04-01","period":{"start":"2026-04-01","end":"2026-05-01"},"lines":[{"item":"users","before":null,"after":{"name":"starter","title":"Starter","number":12,"rate":100000},"quantity":12,"rate":100000,"per":"month","period":{"start":"2026-04-01","end":"2026-05-01"},"months":{"whole":1,"days":0,"of":0},"amount":12000},{"item":"zoom","before":null,"after":{"name":"zoom","title":"Zoom licence","number":2,"rate":250000},"quantity":2,"rate":250000,"per":"month","period":{"start":"2026-04-01","end":"2026-05-01"},"months":{"whole":1,"days":0,"of":0},"amount":5000}],"vat":{"category":"S","rate":210000,"country":"NL","seller_vat_id":"NL123456782B90","vat_id":null,"exempt":null}},"rule":"4.4"},"issued":[]}','{"catch_up":[],"due_now":[],"next_invoice":[{"lines":["Starter, 12 users","Zoom licence"],"vat":null}]}');
INSERT INTO "orders" VALUES(20260000000003,'atelier','2026-07-01','downgrade',NULL,1,2,2,'{"v":2,"billed_until":"2026-08-01","end":null,"steps":[{"start":"2025-07-01","plan":"starter","users":10,"licences":{"zoom":2},"billing":"monthly","anchor":null,"rates":null}]}','{"v":2,"change":{"kind":"downgrade","date":"2026-07-01","before":{"plan":"starter","users":10,"licences":{"zoom":2},"billing":"monthly"},"after":{"plan":"starter","users":8,"licences":{"zoom":2},"billing":"monthly"},"before_fee":{"amount":1500000,"per":"month"},"after_fee":{"amount":1300000,"per":"month"},"compared":{"before":1500000,"after":1300000,"per":"month"},"licences":["zoom"],"currency":"EUR","available_from":"2026-07-01","price_from":"2026-08-01","free_until":null,"renews_on":"2026-08-01","catch_up":[],"due_now":null,"next_invoice":{"kind":"recurring","date":"2026-08-01","period":{"start":"2026-08-01","end":"2026-09-01"},"lines":[{"item":"users","before":null,"after":{"name":"starter","title":"Starter","number":8,"rate":100000},"quantity":8,"rate":100000,"per":"month","period":{"start":"2026-08-01","end":"2026-09-01"},"months":{"whole":1,"days":0,"of":0},"amount":8000},{"item":"zoom","before":null,"after":{"name":"zoom","title":"Zoom licence","number":2,"rate":250000},"quantity":2,"rate":250000,"per":"month","period":{"start":"2026-08-01","end":"2026-09-01"},"months":{"whole":1,"days":0,"of":0},"amount":5000}],"vat":{"category":"S","rate":210000,"country":"NL","seller_vat_id":"NL123456782B90","vat_id":null,"exempt":null}},"rule":"4.4"},"issued":[]}','{"catch_up":[],"due_now":[],"next_invoice":[{"lines":["Starter, 8 users","Zoom licence"],"vat":null}]}');
INSERT INTO "orders" VALUES(20260000000004,'berlin','2026-07-01','cancel',NULL,1,3,2,'{"v":2,"billed_until":"2026-08-01","end":null,"steps":[{"start":"2026-05-01","plan":"pro","users":5,"licences":{"zoom":1},"billing":"monthly","anchor":null,"rates":null}]}','{"v":2,"cancellation":{"date":"2026-07-01","last_day":"2026-07-31","currency":"EUR","catch_up":[]},"issued":[]}','{"catch_up":[]}');
CREATE TABLE "quotes" (
  id INTEGER PRIMARY KEY,
  space TEXT NOT NULL REFERENCES spaces (id),
  date TEXT NOT NULL CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  valid_until TEXT NOT NULL CHECK (valid_until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  version INTEGER NOT NULL,
  catalog INTEGER NOT NULL REFERENCES catalogs (id),
  buyer INTEGER NOT NULL REFERENCES buyers (id),
  boundary TEXT CHECK (boundary GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  vat_category TEXT NOT NULL CHECK (vat_category IN ('S', 'AE', 'O', 'E')),
  vat_rate INTEGER NOT NULL CHECK (vat_rate >= 0),
  rules INTEGER NOT NULL CHECK (rules > 0),
  before TEXT NOT NULL,
  document TEXT NOT NULL,
  words TEXT
) STRICT;
INSERT INTO "quotes" VALUES(20260000000001,'acme','2026-03-15','2026-04-14',1,1,1,'2026-07-01','S',210000,2,'{"v":2,"billed_until":"2026-07-01","end":null,"steps":[{"start":"2025-07-01","plan":"starter","users":10,"licences":{"zoom":2},"billing":"annual","anchor":"2025-07-01","rates":null}]}','{"v":2,"change":{"kind":"upgrade","date":"2026-03-15","before":{"plan":"starter","users":10,"licences":{"zoom":2},"billing":"annual"},"after":{"plan":"pro","users":20,"licences":{"zoom":2},"billing":"annual"},"before_fee":{"amount":15000000,"per":"year"},"after_fee":{"amount":41000000,"per":"year"},"compared":{"before":15000000,"after":41000000,"per":"year"},"licences":["zoom"],"currency":"EUR","available_from":"2026-03-15","price_from":"2026-04-01","free_until":"2026-03-31","renews_on":"2026-07-01","catch_up":[],"due_now":{"kind":"upgrade","date":"2026-03-15","period":{"start":"2026-04-01","end":"2026-07-01"},"lines":[{"item":"users","before":{"name":"starter","title":"Starter","number":10,"rate":1000000},"after":{"name":"pro","title":"Pro","number":20,"rate":1800000},"quantity":1,"rate":26000000,"per":"year","period":{"start":"2026-04-01","end":"2026-07-01"},"months":{"whole":3,"days":0,"of":0},"amount":65000}],"vat":{"category":"S","rate":210000,"country":"NL","seller_vat_id":"NL123456782B90","vat_id":null,"exempt":null}},"next_invoice":{"kind":"recurring","date":"2026-07-01","period":{"start":"2026-07-01","end":"2027-07-01"},"lines":[{"item":"users","before":null,"after":{"name":"pro","title":"Pro","number":20,"rate":1800000},"quantity":20,"rate":1800000,"per":"year","period":{"start":"2026-07-01","end":"2027-07-01"},"months":{"whole":12,"days":0,"of":0},"amount":360000},{"item":"zoom","before":null,"after":{"name":"zoom","title":"Zoom licence","number":2,"rate":2500000},"quantity":2,"rate":2500000,"per":"year","period":{"start":"2026-07-01","end":"2027-07-01"},"months":{"whole":12,"days":0,"of":0},"amount":50000}],"vat":{"category":"S","rate":210000,"country":"NL","seller_vat_id":"NL123456782B90","vat_id":null,"exempt":null}},"rule":"4.5"},"issued":[]}','{"catch_up":[],"due_now":[{"lines":["Pro for 20 users instead of Starter for 10 users"],"vat":null}],"next_invoice":[{"lines":["Pro, 20 users","Zoom licence"],"vat":null}]}');
INSERT INTO "quotes" VALUES(20260000000002,'berlin','2026-07-01','2026-07-31',1,1,3,NULL,'AE',0,2,'{"v":2,"billed_until":"2026-08-01","end":null,"steps":[{"start":"2026-05-01","plan":"pro","users":5,"licences":{"zoom":1},"billing":"monthly","anchor":null,"rates":null}]}','{"v":2,"change":{"kind":"upgrade","date":"2026-07-01","before":{"plan":"pro","users":5,"licences":{"zoom":1},"billing":"monthly"},"after":{"plan":"pro","users":9,"licences":{"zoom":1},"billing":"monthly"},"before_fee":{"amount":1150000,"per":"month"},"after_fee":{"amount":1870000,"per":"month"},"compared":{"before":1150000,"after":1870000,"per":"month"},"licences":["zoom"],"currency":"EUR","available_from":"2026-07-01","price_from":"2026-08-01","free_until":"2026-07-31","renews_on":"2026-08-01","catch_up":[],"due_now":null,"next_invoice":{"kind":"recurring","date":"2026-08-01","period":{"start":"2026-08-01","end":"2026-09-01"},"lines":[{"item":"users","before":null,"after":{"name":"pro","title":"Pro","number":9,"rate":180000},"quantity":9,"rate":180000,"per":"month","period":{"start":"2026-08-01","end":"2026-09-01"},"months":{"whole":1,"days":0,"of":0},"amount":16200},{"item":"zoom","before":null,"after":{"name":"zoom","title":"Zoom licence","number":1,"rate":250000},"quantity":1,"rate":250000,"per":"month","period":{"start":"2026-08-01","end":"2026-09-01"},"months":{"whole":1,"days":0,"of":0},"amount":2500}],"vat":{"category":"AE","rate":0,"country":"NL","seller_vat_id":"NL123456782B90","vat_id":"DE136695976","exempt":null}},"rule":"4.4"},"issued":[]}','{"catch_up":[],"due_now":[],"next_invoice":[{"lines":["Pro, 9 users","Zoom licence"],"vat":"Reverse charge: the customer accounts for the VAT. VAT number DE136695976."}]}');
CREATE TABLE spaces (
  id TEXT PRIMARY KEY,
  buyer INTEGER NOT NULL REFERENCES buyers (id),
  active_users INTEGER NOT NULL CHECK (active_users >= 0),
  locked INTEGER NOT NULL DEFAULT 0 CHECK (locked IN (0, 1))
) STRICT, WITHOUT ROWID;
INSERT INTO "spaces" VALUES('acme',4,7,0);
INSERT INTO "spaces" VALUES('atelier',2,7,0);
INSERT INTO "spaces" VALUES('berlin',3,0,0);
CREATE TABLE "steps" (
  space TEXT NOT NULL REFERENCES contracts (space),
  start TEXT NOT NULL CHECK (start GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  plan TEXT NOT NULL,
  users INTEGER NOT NULL CHECK (users > 0),
  licences TEXT NOT NULL,
  billing TEXT NOT NULL CHECK (billing IN ('monthly', 'annual')),
  anchor TEXT CHECK (anchor GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  rates TEXT,
  PRIMARY KEY (space, start),
  CHECK ((anchor IS NULL) = (billing = 'monthly'))
) STRICT, WITHOUT ROWID;
INSERT INTO "steps" VALUES('acme','2025-07-01','starter',10,'{"zoom":2}','annual','2025-07-01',NULL);
INSERT INTO "steps" VALUES('acme','2026-04-01','pro',20,'{"zoom":2}','annual','2025-07-01','{"users":1800000,"zoom":2500000}');
INSERT INTO "steps" VALUES('atelier','2025-07-01','starter',10,'{"zoom":2}','monthly',NULL,NULL);
INSERT INTO "steps" VALUES('atelier','2026-08-01','starter',8,'{"zoom":2}','monthly',NULL,'{"users":100000,"zoom":250000}');
INSERT INTO "steps" VALUES('berlin','2026-05-01','pro',5,'{"zoom":1}','monthly',NULL,NULL);
CREATE TABLE store (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  sandbox INTEGER NOT NULL CHECK (sandbox IN (0, 1)),
  day TEXT CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  last_write TEXT CHECK (last_write GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  default_space TEXT REFERENCES spaces (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
INSERT INTO "store" VALUES(1,1,'2026-07-01','2026-07-01','acme');
CREATE TABLE withdrawals (
  "order" INTEGER PRIMARY KEY REFERENCES orders (id),
  date TEXT NOT NULL CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  credit_note INTEGER REFERENCES invoices (id)
) STRICT;
INSERT INTO "withdrawals" VALUES(20260000000002,'2026-03-15',NULL);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX contracts_due ON contracts (billed_until, space) WHERE end IS NULL OR billed_until < end;
CREATE TRIGGER buyers_no_replace BEFORE INSERT ON buyers WHEN EXISTS (SELECT 1 FROM buyers WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'buyers are never changed'); END;
CREATE TRIGGER buyers_no_delete BEFORE DELETE ON buyers BEGIN SELECT RAISE(ABORT, 'buyers are never changed'); END;
CREATE TRIGGER withdrawals_no_replace BEFORE INSERT ON withdrawals WHEN EXISTS (SELECT 1 FROM withdrawals WHERE "order" = NEW."order") BEGIN SELECT RAISE(ABORT, 'withdrawals are never changed'); END;
CREATE TRIGGER withdrawals_no_update BEFORE UPDATE ON withdrawals BEGIN SELECT RAISE(ABORT, 'withdrawals are never changed'); END;
CREATE TRIGGER withdrawals_no_delete BEFORE DELETE ON withdrawals BEGIN SELECT RAISE(ABORT, 'withdrawals are never changed'); END;
CREATE TRIGGER history_no_replace BEFORE INSERT ON history WHEN EXISTS (SELECT 1 FROM history WHERE id = NEW.id OR hash = NEW.hash) BEGIN SELECT RAISE(ABORT, 'history are never changed'); END;
CREATE TRIGGER history_no_update BEFORE UPDATE ON history BEGIN SELECT RAISE(ABORT, 'history are never changed'); END;
CREATE TRIGGER history_no_delete BEFORE DELETE ON history BEGIN SELECT RAISE(ABORT, 'history are never changed'); END;
CREATE INDEX contracts_entered ON contracts (entered_on DESC, entry DESC);
CREATE INDEX quotes_space ON quotes (space, id);
CREATE INDEX orders_space ON orders (space, id);
CREATE UNIQUE INDEX orders_quote ON orders (quote) WHERE quote IS NOT NULL;
CREATE INDEX invoices_space ON invoices (space, id);
CREATE INDEX invoices_order ON invoices ("order") WHERE "order" IS NOT NULL;
CREATE TRIGGER catalogs_no_replace BEFORE INSERT ON catalogs WHEN EXISTS (SELECT 1 FROM catalogs WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'catalogs are never changed'); END;
CREATE TRIGGER catalogs_no_update BEFORE UPDATE ON catalogs BEGIN SELECT RAISE(ABORT, 'catalogs are never changed'); END;
CREATE TRIGGER catalogs_no_delete BEFORE DELETE ON catalogs BEGIN SELECT RAISE(ABORT, 'catalogs are never changed'); END;
CREATE TRIGGER quotes_no_replace BEFORE INSERT ON quotes WHEN EXISTS (SELECT 1 FROM quotes WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'quotes are never changed'); END;
CREATE TRIGGER quotes_no_update BEFORE UPDATE ON quotes BEGIN SELECT RAISE(ABORT, 'quotes are never changed'); END;
CREATE TRIGGER quotes_no_delete BEFORE DELETE ON quotes BEGIN SELECT RAISE(ABORT, 'quotes are never changed'); END;
CREATE TRIGGER orders_no_replace BEFORE INSERT ON orders WHEN EXISTS (SELECT 1 FROM orders WHERE id = NEW.id OR quote = NEW.quote) BEGIN SELECT RAISE(ABORT, 'orders are never changed'); END;
CREATE TRIGGER orders_no_update BEFORE UPDATE ON orders BEGIN SELECT RAISE(ABORT, 'orders are never changed'); END;
CREATE TRIGGER orders_no_delete BEFORE DELETE ON orders BEGIN SELECT RAISE(ABORT, 'orders are never changed'); END;
CREATE TRIGGER invoices_no_replace BEFORE INSERT ON invoices WHEN EXISTS (SELECT 1 FROM invoices WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'invoices are never changed'); END;
CREATE TRIGGER invoices_no_update BEFORE UPDATE ON invoices BEGIN SELECT RAISE(ABORT, 'invoices are never changed'); END;
CREATE TRIGGER invoices_no_delete BEFORE DELETE ON invoices BEGIN SELECT RAISE(ABORT, 'invoices are never changed'); END;
CREATE TRIGGER entries_no_replace BEFORE INSERT ON entries WHEN EXISTS (SELECT 1 FROM entries WHERE id = NEW.id OR space = NEW.space) BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
CREATE TRIGGER buyers_no_update BEFORE UPDATE ON buyers BEGIN SELECT RAISE(ABORT, 'buyers are never changed'); END;
COMMIT;
