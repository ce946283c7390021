using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace McpEndpoint.Storage.Migrations
{
    /// <inheritdoc />
    internal partial class InitialMcp : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "McpPendingActions",
                columns: table => new
                {
                    TokenHash = table.Column<string>(type: "TEXT", maxLength: 43, nullable: false),
                    Tool = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Arguments = table.Column<string>(type: "TEXT", nullable: false),
                    ArgumentsDigest = table.Column<string>(type: "TEXT", maxLength: 43, nullable: false),
                    Summary = table.Column<string>(type: "TEXT", nullable: false),
                    UserId = table.Column<string>(type: "TEXT", nullable: false),
                    ClientId = table.Column<string>(type: "TEXT", nullable: false),
                    FamilyId = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    IdempotencyKey = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    RedeemedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    FinishedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Outcome = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_McpPendingActions", x => x.TokenHash);
                });

            migrationBuilder.CreateTable(
                name: "McpSlots",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    StartsAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_McpSlots", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "McpBookings",
                columns: table => new
                {
                    SlotId = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    UserId = table.Column<string>(type: "TEXT", nullable: false),
                    ClientId = table.Column<string>(type: "TEXT", nullable: false),
                    BookedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_McpBookings", x => x.SlotId);
                    table.ForeignKey(
                        name: "FK_McpBookings_McpSlots_SlotId",
                        column: x => x.SlotId,
                        principalTable: "McpSlots",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_McpPendingActions_ExpiresAt",
                table: "McpPendingActions",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_McpPendingActions_UserId_ClientId_IdempotencyKey",
                table: "McpPendingActions",
                columns: new[] { "UserId", "ClientId", "IdempotencyKey" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_McpSlots_StartsAt",
                table: "McpSlots",
                column: "StartsAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "McpBookings");

            migrationBuilder.DropTable(
                name: "McpPendingActions");

            migrationBuilder.DropTable(
                name: "McpSlots");
        }
    }
}
