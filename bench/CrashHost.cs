using AuthCore.Audit;
using AuthCore.Database.Sqlite;
using AuthCore.Grants;
using AuthCore.Http;
using AuthCore.ResourceServer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Bench;

/// <summary>The process that is killed. Beside the protocol it answers what only the inside can know.</summary>
internal static class CrashHost
{
    public const string Command = "crash-host";
    public const string CheckPath = "/bench/check";
    public const string AcceptedPath = "/bench/accepted";
    public const string Sound = "sound";

    public static async Task<int> RunAsync(string folder, string port)
    {
        await using var app = BenchHost.Build(folder, $"http://127.0.0.1:{port}");
        app.MapGet(CheckPath, CheckAsync);
        app.MapPost(AcceptedPath, IsAccepted);
        await app.RunAsync();
        return 0;
    }

    /// <summary>Whether the file is whole, the audit chain unbroken, and every redeemed code the parent of one family.</summary>
    private static async Task<string> CheckAsync(SqliteDatabase database, AuditVerifier verifier, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var integrity = await db.Database.SqlQueryRaw<string>("SELECT integrity_check AS Value FROM pragma_integrity_check").ToListAsync(cancellationToken);
        if (integrity is not ["ok"])
        {
            return $"integrity_check: {string.Join("; ", integrity)}";
        }

        if (await db.Database.SqlQueryRaw<int>("SELECT count(*) AS Value FROM pragma_foreign_key_check").SingleAsync(cancellationToken) is > 0 and var orphans)
        {
            return $"foreign_key_check: {orphans} rows without a parent";
        }

        if ((await verifier.VerifyAsync(cancellationToken: cancellationToken)).Chains.FirstOrDefault(chain => chain.Finding is AuditFinding.Broken or AuditFinding.CutOff) is { } broken)
        {
            return $"the audit chain of {broken.Writer} is {broken.Finding} at line {broken.At}";
        }

        var families = await db.Families().CountAsync(cancellationToken);
        var parents = await db.Codes().Where(code => code.FamilyId != null).Select(code => code.FamilyId).Distinct().CountAsync(cancellationToken);
        return families == parents ? Sound : $"{families} families grew out of {parents} codes";
    }

    private static bool IsAccepted([FromBody] string token, IAccessTokenValidator validator, PublicOrigin origin) =>
        validator.Validate(token, origin.DefaultResource) is AccessTokenValidation.Valid;
}
