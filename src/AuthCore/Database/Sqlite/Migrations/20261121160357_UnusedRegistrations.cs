using AuthCore.Registration;

﻿using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AuthCore.Database.Sqlite.Migrations
{
    /// <inheritdoc />
    internal partial class UnusedRegistrations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "NameHid",
                table: "Clients",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Size",
                table: "Clients",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            // As RegistrationEndpoint counts it.
            migrationBuilder.Sql(
                "UPDATE Clients SET Size = 256 + length(CAST(Name AS BLOB)) + length(CAST(RedirectUris AS BLOB)) + length(CAST(coalesce(Metadata, '') AS BLOB)) WHERE Origin = 'Dynamic';");

            migrationBuilder.CreateTable(
                name: "RegistrationMinutes",
                columns: table => new
                {
                    Minute = table.Column<long>(type: "INTEGER", nullable: false),
                    Registered = table.Column<int>(type: "INTEGER", nullable: false),
                    Dropped = table.Column<int>(type: "INTEGER", nullable: false),
                    DroppedBytes = table.Column<long>(type: "INTEGER", nullable: false),
                    Reported = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RegistrationMinutes", x => x.Minute);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Clients_Unused",
                table: "Clients",
                columns: new[] { "Origin", "LastGrantedAt", "DisabledAt", "CreatedAt", "Size" },
                filter: "\"Origin\" = 'Dynamic' AND \"LastGrantedAt\" IS NULL AND \"DisabledAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_RegistrationMinutes_Reported",
                table: "RegistrationMinutes",
                column: "Reported");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "RegistrationMinutes");

            migrationBuilder.DropIndex(
                name: "IX_Clients_Unused",
                table: "Clients");

            migrationBuilder.DropColumn(
                name: "NameHid",
                table: "Clients");

            migrationBuilder.DropColumn(
                name: "Size",
                table: "Clients");
        }
    }
}
