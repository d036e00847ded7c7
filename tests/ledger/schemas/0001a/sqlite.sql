BEGIN TRANSACTION;
CREATE TABLE accounts (
	"key" INTEGER NOT NULL, 
	language TEXT NOT NULL, 
	created_on DATE NOT NULL, 
	closed_on DATE, 
	restricted BOOLEAN NOT NULL, 
	CONSTRAINT pk_accounts PRIMARY KEY ("key")
);
INSERT INTO "accounts" VALUES(1,'en','2024-01-31',NULL,0);
INSERT INTO "accounts" VALUES(2,'en','2024-01-31',NULL,0);
INSERT INTO "accounts" VALUES(3,'en','2024-01-31',NULL,0);
INSERT INTO "accounts" VALUES(4,'en','2024-01-31',NULL,0);
INSERT INTO "accounts" VALUES(5,'en','2024-01-31',NULL,0);
INSERT INTO "accounts" VALUES(6,'en','2024-01-31',NULL,0);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001a');
CREATE TABLE attempts (
	id INTEGER NOT NULL, 
	notice INTEGER NOT NULL, 
	transport TEXT NOT NULL, 
	host TEXT NOT NULL, 
	dated_at DATETIME NOT NULL, 
	recipients_root TEXT NOT NULL, 
	happened_at DATETIME NOT NULL, 
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_attempts PRIMARY KEY (id), 
	CONSTRAINT fk_attempts_notice FOREIGN KEY(notice) REFERENCES notices (id)
);
INSERT INTO "attempts" VALUES(1,1,'outbox','here','2026-11-23 09:00:00.000000','8ef7bd951751a92640e637e5b88a216c410b68a08574eea4709696d7df68afa9','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "attempts" VALUES(2,1,'outbox','here','2026-11-23 09:00:00.000000','e96ac4a3db4c012303191fc51e6dedfdd762f85d589827a994469f6969338c6e','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
CREATE TABLE deliveries (
	notice INTEGER NOT NULL, 
	account INTEGER NOT NULL, 
	ref TEXT NOT NULL, 
	variant INTEGER NOT NULL, 
	though_closed BOOLEAN NOT NULL, 
	state TEXT NOT NULL, 
	claim TEXT, 
	lease_until DATETIME, 
	attempt INTEGER, 
	CONSTRAINT pk_deliveries PRIMARY KEY (notice, account), 
	CONSTRAINT fk_deliveries_notice FOREIGN KEY(notice) REFERENCES notices (id), 
	CONSTRAINT fk_deliveries_account FOREIGN KEY(account) REFERENCES accounts ("key"), 
	CONSTRAINT uq_deliveries_ref UNIQUE (ref), 
	CONSTRAINT fk_deliveries_attempt FOREIGN KEY(attempt) REFERENCES attempts (id)
)
 WITHOUT ROWID

;
INSERT INTO "deliveries" VALUES(1,1,'51249d2109aadd8e5442fe78024ade75',0,0,'bounced',NULL,NULL,1);
INSERT INTO "deliveries" VALUES(1,2,'51249d2109524e87219e1d0c0c2a0a1b',0,0,'bounced',NULL,NULL,1);
INSERT INTO "deliveries" VALUES(1,3,'51249d2109278410a07f5fdb2a58128b',0,0,'refused',NULL,NULL,1);
INSERT INTO "deliveries" VALUES(1,4,'51249d210967207e5c274990898898a0',0,0,'bounced',NULL,NULL,1);
INSERT INTO "deliveries" VALUES(1,5,'51249d210948953a554371cc0ea7330f',0,0,'unknown',NULL,NULL,2);
INSERT INTO "deliveries" VALUES(1,6,'51249d210968f9ff5352d01fcc5dc23d',0,0,'pending',NULL,NULL,NULL);
CREATE TABLE leaves (
	seal INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	"row" INTEGER NOT NULL, 
	digest TEXT NOT NULL, 
	CONSTRAINT pk_leaves PRIMARY KEY (seal, place), 
	CONSTRAINT uq_leaves_source UNIQUE (source, "row"), 
	CONSTRAINT fk_leaves_seal FOREIGN KEY(seal) REFERENCES seals (place)
)
 WITHOUT ROWID

;
INSERT INTO "leaves" VALUES(1,0,'origin',1,'198bab97b4ba75a6087a921c6382c49c7a74c8af2e23a3845f8f89de56d91cfa');
INSERT INTO "leaves" VALUES(1,1,'notices',1,'31e4150ef033bf996b3463399077c7418565b85ae34b8e4822fb2a6f1d4df33e');
INSERT INTO "leaves" VALUES(1,2,'attempts',1,'25ef23cdf52a9d160e7960fd62b101d3afe94b54225d3175e396237fdbc8c817');
INSERT INTO "leaves" VALUES(1,3,'attempts',2,'9d9ea5e65ac78cfa50418290ac200bf89fc8d2f5431f50607aea84c07b89790e');
INSERT INTO "leaves" VALUES(1,4,'reports',1,'4cad178fed17748f0863915cb9611785a4c9a9a6f2501433a95aacbef7a8f795');
INSERT INTO "leaves" VALUES(1,5,'reports',2,'2a1ecf65a87b4401d1b8a884d369026b20f203c3f8763a20c611ab928d57a9ed');
INSERT INTO "leaves" VALUES(1,6,'reports',3,'6fde20e4e775d9fd0139194dfa8cdcf1db4f0d24677334691c7afe64991ec680');
INSERT INTO "leaves" VALUES(1,7,'receipts',1,'b785bbcc162c1166153852b1018c149ed23260cb5671f790da6df3f2d9c7d956');
INSERT INTO "leaves" VALUES(1,8,'receipts',2,'696d5f1e435a8ca16ca38e847d2fca3252099d89b79f63f1a9f578b49f3c9d49');
CREATE TABLE notices (
	id INTEGER NOT NULL, 
	"plan" TEXT NOT NULL, 
	policy TEXT NOT NULL, 
	version TEXT NOT NULL, 
	rank BIGINT NOT NULL, 
	version_digest TEXT NOT NULL, 
	effective_on DATE NOT NULL, 
	audience INTEGER NOT NULL, 
	audience_digest TEXT NOT NULL, 
	sender TEXT NOT NULL, 
	reply_to TEXT NOT NULL, 
	transport TEXT NOT NULL, 
	host TEXT NOT NULL, 
	variants_root TEXT NOT NULL, 
	happened_at DATETIME NOT NULL, 
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_notices PRIMARY KEY (id), 
	CONSTRAINT uq_notices_plan UNIQUE ("plan")
);
INSERT INTO "notices" VALUES(1,'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','privacy','2.0.0',2000000000000,'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','2026-12-31',6,'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee','Us <us@kvm.hk>','dpo@kvm.hk','outbox','here','8af1a6c2f542eb525425e901eee38262a7b35cba6e9d0d1d6e5de77177218b1c','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
CREATE TABLE origin (
	id INTEGER NOT NULL, 
	ledger TEXT NOT NULL, 
	rehearsal BOOLEAN NOT NULL, 
	happened_at DATETIME NOT NULL, 
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_origin PRIMARY KEY (id)
);
INSERT INTO "origin" VALUES(1,'c79d6cedfb056197285efc09d716a3b5',0,'2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
CREATE TABLE outcomes (
	report INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	ref TEXT NOT NULL, 
	attempt INTEGER, 
	state TEXT NOT NULL, 
	text TEXT NOT NULL, 
	provider_id TEXT NOT NULL, 
	happened_at DATETIME NOT NULL, 
	CONSTRAINT pk_outcomes PRIMARY KEY (report, place), 
	CONSTRAINT fk_outcomes_report FOREIGN KEY(report) REFERENCES reports (id), 
	CONSTRAINT fk_outcomes_attempt FOREIGN KEY(attempt) REFERENCES attempts (id)
)
 WITHOUT ROWID

;
INSERT INTO "outcomes" VALUES(1,0,'51249d2109aadd8e5442fe78024ade75',1,'accepted','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(1,1,'51249d2109524e87219e1d0c0c2a0a1b',1,'accepted','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(1,2,'51249d2109278410a07f5fdb2a58128b',1,'refused','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(1,3,'51249d210967207e5c274990898898a0',1,'accepted','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(2,0,'51249d2109aadd8e5442fe78024ade75',1,'bounced','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(2,1,'51249d2109524e87219e1d0c0c2a0a1b',1,'bounced','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(2,2,'51249d2109278410a07f5fdb2a58128b',1,'bounced','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(2,3,'51249d210967207e5c274990898898a0',1,'bounced','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(3,0,'51249d210948953a554371cc0ea7330f',2,'unknown','','','2026-11-23 09:00:00.000000');
CREATE TABLE personalizations (
	ref TEXT NOT NULL, 
	attempt INTEGER NOT NULL, 
	filled TEXT NOT NULL, 
	salt BLOB NOT NULL, 
	CONSTRAINT pk_personalizations PRIMARY KEY (ref, attempt), 
	CONSTRAINT fk_personalizations_attempt FOREIGN KEY(attempt) REFERENCES attempts (id)
)
 WITHOUT ROWID

;
INSERT INTO "personalizations" VALUES('51249d2109278410a07f5fdb2a58128b',1,'{"address": "person3@example.com", "account": "client-3", "name": "Person Number 3", "email": "person3@example.com"}',X'09C12E33EAC4960456BC06AF6D7C13E58149DB184A30E3BE83CE1D1DC812EA81');
INSERT INTO "personalizations" VALUES('51249d210948953a554371cc0ea7330f',2,'{"address": "person5@example.com", "account": "client-5", "name": "Person Number 5", "email": "person5@example.com"}',X'7EA13A0AC5352028C17783E2705EB66733E7EE84714A8579E996CCEE888AE2C7');
INSERT INTO "personalizations" VALUES('51249d210967207e5c274990898898a0',1,'{"address": "person4@example.com", "account": "client-4", "name": "Person Number 4", "email": "person4@example.com"}',X'2FB696F2583673B37F0AF0177C7F298F67079729436C222885133214C2245CBC');
INSERT INTO "personalizations" VALUES('51249d2109aadd8e5442fe78024ade75',1,'{"address": "person1@example.com", "account": "client-1", "name": "Person Number 1", "email": "person1@example.com"}',X'E19FA52895E87AB6C6AE9E7AFFD8E82C432645823E6F29915E20D59E14D99432');
CREATE TABLE persons (
	account INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	email TEXT NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT pk_persons PRIMARY KEY (account), 
	CONSTRAINT fk_persons_account FOREIGN KEY(account) REFERENCES accounts ("key"), 
	CONSTRAINT uq_persons_id UNIQUE (id)
);
INSERT INTO "persons" VALUES(1,'client-1','person1@example.com','Person Number 1');
INSERT INTO "persons" VALUES(3,'client-3','person3@example.com','Person Number 3');
INSERT INTO "persons" VALUES(4,'client-4','person4@example.com','Person Number 4');
INSERT INTO "persons" VALUES(5,'client-5','person5@example.com','Person Number 5');
INSERT INTO "persons" VALUES(6,'client-6','person6@example.com','Person Number 6');
CREATE TABLE raw_reports (
	report INTEGER NOT NULL, 
	raw BLOB NOT NULL, 
	salt BLOB NOT NULL, 
	CONSTRAINT pk_raw_reports PRIMARY KEY (report), 
	CONSTRAINT fk_raw_reports_report FOREIGN KEY(report) REFERENCES reports (id)
);
CREATE TABLE receipts (
	id INTEGER NOT NULL, 
	policy TEXT NOT NULL, 
	account INTEGER NOT NULL, 
	version TEXT NOT NULL, 
	rank BIGINT NOT NULL, 
	kind TEXT NOT NULL, 
	language TEXT NOT NULL, 
	source TEXT NOT NULL, 
	happened_at DATETIME NOT NULL, 
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_receipts PRIMARY KEY (id), 
	CONSTRAINT uq_receipts_policy UNIQUE (policy, account, version, kind), 
	CONSTRAINT fk_receipts_account FOREIGN KEY(account) REFERENCES accounts ("key")
);
INSERT INTO "receipts" VALUES(1,'privacy',1,'2.0.0',2000000000000,'confirmed','','','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "receipts" VALUES(2,'privacy',2,'2.0.0',2000000000000,'confirmed','','','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
CREATE TABLE recipients (
	attempt INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	ref TEXT NOT NULL, 
	account INTEGER NOT NULL, 
	commitment TEXT NOT NULL, 
	CONSTRAINT pk_recipients PRIMARY KEY (attempt, place), 
	CONSTRAINT fk_recipients_attempt FOREIGN KEY(attempt) REFERENCES attempts (id), 
	CONSTRAINT fk_recipients_account FOREIGN KEY(account) REFERENCES accounts ("key")
)
 WITHOUT ROWID

;
INSERT INTO "recipients" VALUES(1,0,'51249d2109aadd8e5442fe78024ade75',1,'106d6d4b444a19458a5fb553747debbe09818e991d850c4ad50b81d686eb4f6b');
INSERT INTO "recipients" VALUES(1,1,'51249d2109524e87219e1d0c0c2a0a1b',2,'b4ef96d27e3e5cad22e0e636b10e75b61a2d2573d684c341de4cde9f7d6e211e');
INSERT INTO "recipients" VALUES(1,2,'51249d2109278410a07f5fdb2a58128b',3,'bb0dea4cd9c1306f07a8b235c24a913378c1b05e8c87813174fdbbb90487c80f');
INSERT INTO "recipients" VALUES(1,3,'51249d210967207e5c274990898898a0',4,'b2d943e4adbfdee20f96ce03a74ff91ed734d1eb8206b9787f23b4dc82ee48d9');
INSERT INTO "recipients" VALUES(2,0,'51249d210948953a554371cc0ea7330f',5,'885ac4c953bf14966c84930c9cabc8161ed5017f881bfbfeac2f4ce392d1c879');
CREATE TABLE reports (
	id INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	raw_digest TEXT, 
	outcomes_root TEXT NOT NULL, 
	happened_at DATETIME NOT NULL, 
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_reports PRIMARY KEY (id)
);
INSERT INTO "reports" VALUES(1,'outbox',NULL,'914406892bd6621011a9112320d636b4c07951bd236244bede46e2158b3de091','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "reports" VALUES(2,'outbox',NULL,'b186a8575bd7e7ba799830ee21476ebdf1ce20bc751b79f2f51fa53a4c8365a9','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "reports" VALUES(3,'outbox',NULL,'c614bed5741efd10ca4b2942b66922bd48164008f74a869f235cde9c9d650601','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
CREATE TABLE seals (
	place INTEGER NOT NULL, 
	entries INTEGER NOT NULL, 
	root TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	happened_at DATETIME NOT NULL, 
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_seals PRIMARY KEY (place)
);
INSERT INTO "seals" VALUES(1,9,'166b99c1b9f0869cf24a31963cdfd07ee100c7bbe518f48028b2c18f73ef5765','ecbb0b697a986576424a83f17837ef2511df53b0d8c8ecfc50fab0f0d55a18db','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
CREATE TABLE variants (
	notice INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	language TEXT NOT NULL, 
	since TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	text TEXT NOT NULL, 
	html TEXT NOT NULL, 
	CONSTRAINT pk_variants PRIMARY KEY (notice, place), 
	CONSTRAINT fk_variants_notice FOREIGN KEY(notice) REFERENCES notices (id)
)
 WITHOUT ROWID

;
INSERT INTO "variants" VALUES(1,0,'en','1.0.0','News','Hello','<p>Hello</p>');
INSERT INTO "variants" VALUES(1,1,'zh-Hant','1.0.0','消息','你好','<p>你好</p>');
CREATE INDEX ix_notices_policy ON notices (policy, rank);
CREATE INDEX ix_outcomes_ref ON outcomes (ref);
CREATE INDEX ix_deliveries_pending ON deliveries (state, notice, variant, account) WHERE state = 'pending';
CREATE INDEX ix_deliveries_claimed ON deliveries (state, notice, lease_until) WHERE state = 'claimed';
CREATE INDEX ix_deliveries_unknown ON deliveries (state, notice, attempt) WHERE state = 'unknown';
CREATE TRIGGER origin_refuses_UPDATE BEFORE UPDATE ON origin BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER origin_refuses_DELETE BEFORE DELETE ON origin BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER notices_refuses_UPDATE BEFORE UPDATE ON notices BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER notices_refuses_DELETE BEFORE DELETE ON notices BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER attempts_refuses_UPDATE BEFORE UPDATE ON attempts BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER attempts_refuses_DELETE BEFORE DELETE ON attempts BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER reports_refuses_UPDATE BEFORE UPDATE ON reports BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER reports_refuses_DELETE BEFORE DELETE ON reports BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER receipts_refuses_UPDATE BEFORE UPDATE ON receipts BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER receipts_refuses_DELETE BEFORE DELETE ON receipts BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER variants_refuses_UPDATE BEFORE UPDATE ON variants BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER variants_refuses_DELETE BEFORE DELETE ON variants BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER recipients_refuses_UPDATE BEFORE UPDATE ON recipients BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER recipients_refuses_DELETE BEFORE DELETE ON recipients BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER outcomes_refuses_UPDATE BEFORE UPDATE ON outcomes BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER outcomes_refuses_DELETE BEFORE DELETE ON outcomes BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER seals_refuses_UPDATE BEFORE UPDATE ON seals BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER seals_refuses_DELETE BEFORE DELETE ON seals BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER leaves_refuses_UPDATE BEFORE UPDATE ON leaves BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER leaves_refuses_DELETE BEFORE DELETE ON leaves BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
COMMIT;
