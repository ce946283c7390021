using System.Security.Cryptography;
using System.Text.Json;
using AuthCore.Storage;
using Microsoft.Extensions.Logging;

namespace AuthCore.Audit;

/// <summary>The newest line of a writer's chain.</summary>
/// <param name="Writer">Whose.</param>
/// <param name="Number">The line's place in the chain.</param>
/// <param name="Hash">The line's.</param>
/// <param name="Key">The name of the key that the chain is made with (<see cref="AuditChain.KeyNameOf"/>); null where it was not written down, and then it is the present one.</param>
internal sealed record AuditHead(string Writer, long Number, byte[] Hash, string? Key = null)
{
    /// <summary>Whether nothing is wrong with it whatever it says: the file is anybody's who can write to the directory.</summary>
    public bool HoldsTogether() => Writer is { Length: > 0 } && Number > 0 && Hash is { Length: SHA256.HashSizeInBytes };
}

/// <summary>
/// Where the chains ended, in a file of the data directory: who cuts the newest lines off the table, or puts an older database in its place, is noticed. Written after
/// each commit without waiting for the disk: after a loss of power it may be behind the table, which is no harm, and never ahead.
/// </summary>
internal sealed class AuditHeads(DataDirectory directory, ILogger<AuditHeads> logger)
{
    /// <summary>The file's name in the data directory.</summary>
    public const string FileName = "audit-heads.json";

    private readonly string _path = directory.File(FileName);
    private bool _failing;

    /// <summary>The chains that were written here, the present one last; empty when there are none or the file cannot be read.</summary>
    public IReadOnlyList<AuditHead> Read()
    {
        try
        {
            return File.Exists(_path) ? Parse(File.ReadAllBytes(_path)) : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            Log.HeadsUnreadable(logger, exception, _path);
            return [];
        }
    }

    private static AuditHead[] Parse(byte[] json) =>
        JsonSerializer.Deserialize<AuditHead[]>(json) is { } heads && heads.All(head => head is not null && head.HoldsTogether()) && heads.DistinctBy(head => head.Writer).Count() == heads.Length
            ? heads
            : throw new JsonException("It does not say of each chain once where it ended.");

    /// <summary>Replaces the file, whole.</summary>
    public void Write(IReadOnlyList<AuditHead> heads)
    {
        try
        {
            var partial = _path + ".partial";
            using (var file = new FileStream(partial, PrivateFile.Options(FileMode.Create)))
            {
                JsonSerializer.Serialize(file, heads);
            }

            File.Move(partial, _path, overwrite: true);
            _failing = false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (!_failing)
            {
                Log.HeadsNotWritten(logger, exception, _path);
            }

            _failing = true;
        }
    }
}
