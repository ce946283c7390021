using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AuthCore.Database.Sqlite.Migrations
{
    /// <inheritdoc />
    internal partial class ListIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_TokenFamilies_CreatedAt",
                table: "TokenFamilies");

            migrationBuilder.CreateIndex(
                name: "IX_TokenFamilies_CreatedAt_RevokedAt",
                table: "TokenFamilies",
                columns: new[] { "CreatedAt", "RevokedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_TokenFamilies_CreatedFrom",
                table: "TokenFamilies",
                column: "CreatedFrom");

            migrationBuilder.CreateIndex(
                name: "IX_TokenFamilies_Reused",
                table: "TokenFamilies",
                column: "RevokedAt",
                filter: "\"ReuseMarks\" > 0");

            migrationBuilder.CreateIndex(
                name: "IX_TokenFamilies_Scopes",
                table: "TokenFamilies",
                column: "Scopes");

            migrationBuilder.CreateIndex(
                name: "IX_Clients_Origin_CreatedAt",
                table: "Clients",
                columns: new[] { "Origin", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_AspNetUsers_CreatedAt",
                table: "AspNetUsers",
                column: "CreatedAt");

            // The model cannot say that an index disregards case where its column does not.
            migrationBuilder.Sql("CREATE INDEX \"IX_Clients_Name\" ON \"Clients\" (\"Name\" COLLATE NOCASE, \"ClientId\");");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP INDEX \"IX_Clients_Name\";");

            migrationBuilder.DropIndex(
                name: "IX_TokenFamilies_CreatedAt_RevokedAt",
                table: "TokenFamilies");

            migrationBuilder.DropIndex(
                name: "IX_TokenFamilies_CreatedFrom",
                table: "TokenFamilies");

            migrationBuilder.DropIndex(
                name: "IX_TokenFamilies_Reused",
                table: "TokenFamilies");

            migrationBuilder.DropIndex(
                name: "IX_TokenFamilies_Scopes",
                table: "TokenFamilies");

            migrationBuilder.DropIndex(
                name: "IX_Clients_Origin_CreatedAt",
                table: "Clients");

            migrationBuilder.DropIndex(
                name: "IX_AspNetUsers_CreatedAt",
                table: "AspNetUsers");

            migrationBuilder.CreateIndex(
                name: "IX_TokenFamilies_CreatedAt",
                table: "TokenFamilies",
                column: "CreatedAt");
        }
    }
}
