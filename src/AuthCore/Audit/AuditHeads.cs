using System.Text.Json;
using AuthCore.Storage;
using Microsoft.Extensions.Logging;

namespace AuthCore.Audit;

/// <summary>The newest line of a writer's chain.</summary>
internal sealed record AuditHead(string Writer, long Number, byte[] Hash);

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
            return File.Exists(_path) ? JsonSerializer.Deserialize<AuditHead[]>(File.ReadAllBytes(_path)) ?? [] : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            Log.HeadsUnreadable(logger, exception, _path);
            return [];
        }
    }

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
