using AuthCore.Storage.Facts;

namespace AuthCore.Audit;

/// <summary>
/// The person who has the data directory said that a chain may end before the place where it is known to have ended: an older database was restored on purpose.
/// With the commit of this fact that place is forgotten (<see cref="AuditChain"/>).
/// </summary>
/// <param name="Writer">Whose chain.</param>
/// <param name="Number">The number of the line with which it ended.</param>
/// <param name="Found">How many lines of it are there.</param>
[FactName("audit.end_accepted")]
public sealed record AuditEndAccepted(string Writer, long Number, long Found) : Fact
{
    /// <inheritdoc/>
    public override string Actor => FactActors.CommandLine;

    /// <inheritdoc/>
    public override string Subject => Writer;
}
