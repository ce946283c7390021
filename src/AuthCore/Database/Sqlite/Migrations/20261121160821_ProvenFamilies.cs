using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AuthCore.Database.Sqlite.Migrations
{
    /// <inheritdoc />
    internal partial class ProvenFamilies : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "Unproven",
                table: "TokenFamilies",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Unproven",
                table: "TokenFamilies");
        }
    }
}
