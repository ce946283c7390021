using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AuthCore.Database.Sqlite.Migrations
{
    /// <summary>
    /// Lines of the audit trail become facts, and a family need not have a person. Written by hand as one transaction: the scaffolder rebuilds a table in several, and a kill
    /// between them would leave a database that no version can open. Foreign keys are off while migrations run.
    /// </summary>
    internal partial class Facts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                CREATE TABLE "Facts" (
                    "Sequence" INTEGER NOT NULL CONSTRAINT "PK_Facts" PRIMARY KEY,
                    "Writer" TEXT NOT NULL DEFAULT '',
                    "Number" INTEGER NOT NULL,
                    "At" INTEGER NOT NULL,
                    "Name" TEXT NOT NULL,
                    "Actor" TEXT NOT NULL,
                    "Subject" TEXT NOT NULL,
                    "Data" TEXT NULL,
                    "Detail" TEXT NULL,
                    "Address" TEXT NULL,
                    "CorrelationId" TEXT NULL,
                    "Hash" BLOB NOT NULL
                );
                INSERT INTO "Facts" ("Sequence", "Writer", "Number", "At", "Name", "Actor", "Subject", "Detail", "Address", "CorrelationId", "Hash")
                SELECT "Sequence", '', "Sequence", "At", "Action", "Actor", "Subject", "Detail", "Address", "CorrelationId", "Hash" FROM "AuditLines" ORDER BY "Sequence";
                DROP TABLE "AuditLines";
                CREATE UNIQUE INDEX "IX_Facts_Writer_Number" ON "Facts" ("Writer", "Number");

                CREATE TABLE "FactCursors" (
                    "Reader" TEXT NOT NULL CONSTRAINT "PK_FactCursors" PRIMARY KEY,
                    "Position" INTEGER NOT NULL,
                    "MovedAt" INTEGER NOT NULL
                );

                CREATE TABLE "TokenFamilies_new" (
                    "FamilyId" TEXT NOT NULL CONSTRAINT "PK_TokenFamilies" PRIMARY KEY,
                    "UserId" TEXT NULL,
                    "ClientId" TEXT NOT NULL,
                    "RedirectHost" TEXT NULL,
                    "ConfirmationKey" TEXT NULL,
                    "Resource" TEXT NOT NULL,
                    "Scopes" TEXT NOT NULL,
                    "Secret" BLOB NOT NULL,
                    "Refreshable" INTEGER NOT NULL,
                    "Unproven" INTEGER NOT NULL DEFAULT 0,
                    "Generation" INTEGER NOT NULL,
                    "RotatedAt" INTEGER NOT NULL,
                    "RotatedFrom" TEXT NULL,
                    "Replays" INTEGER NOT NULL,
                    "ReuseMarks" INTEGER NOT NULL,
                    "AuthenticatedAt" INTEGER NOT NULL,
                    "CreatedAt" INTEGER NOT NULL,
                    "CreatedFrom" TEXT NULL,
                    "CreatedAgent" TEXT NULL,
                    "ExpiresAt" INTEGER NOT NULL,
                    "AbsoluteExpiresAt" INTEGER NOT NULL,
                    "RevokedAt" INTEGER NULL,
                    "RevocationReason" TEXT NULL,
                    "RevokedBy" TEXT NULL
                );
                INSERT INTO "TokenFamilies_new" (
                    "FamilyId", "UserId", "ClientId", "RedirectHost", "Resource", "Scopes", "Secret", "Refreshable", "Unproven", "Generation", "RotatedAt", "RotatedFrom", "Replays",
                    "ReuseMarks", "AuthenticatedAt", "CreatedAt", "CreatedFrom", "CreatedAgent", "ExpiresAt", "AbsoluteExpiresAt", "RevokedAt", "RevocationReason", "RevokedBy")
                SELECT
                    "FamilyId", "UserId", "ClientId", "RedirectHost", "Resource", "Scopes", "Secret", "Refreshable", "Unproven", "Generation", "RotatedAt", "RotatedFrom", "Replays",
                    "ReuseMarks", "AuthenticatedAt", "CreatedAt", "CreatedFrom", "CreatedAgent", "ExpiresAt", "AbsoluteExpiresAt", "RevokedAt", "EndedBy", "EndedByActor"
                FROM "TokenFamilies";
                DROP TABLE "TokenFamilies";
                ALTER TABLE "TokenFamilies_new" RENAME TO "TokenFamilies";
                CREATE INDEX "IX_TokenFamilies_ClientId_RevokedAt_ExpiresAt" ON "TokenFamilies" ("ClientId", "RevokedAt", "ExpiresAt");
                CREATE INDEX "IX_TokenFamilies_CreatedAt" ON "TokenFamilies" ("CreatedAt");
                CREATE INDEX "IX_TokenFamilies_RevokedAt_ExpiresAt" ON "TokenFamilies" ("RevokedAt", "ExpiresAt");
                CREATE INDEX "IX_TokenFamilies_UserId_RevokedAt_ExpiresAt" ON "TokenFamilies" ("UserId", "RevokedAt", "ExpiresAt");
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new System.NotSupportedException("There is no way down: restore the backup that was made before.");
    }
}
