using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Audit;

/// <summary>
/// Follows the stored facts from where a named reader has come to: each at least once, in the order of their commits. What tells facts to programs outside this process
/// is a reader, and needs nothing else.
/// </summary>
internal sealed class FactReader(IReadDatabase database, IWriteLane lane)
{
    /// <summary>The next facts, oldest first.</summary>
    /// <param name="reader">The reader's name.</param>
    /// <param name="atMost">How many.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    public async Task<IReadOnlyList<StoredFact>> NextAsync(string reader, int atMost, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var position = await db.FactCursors().Where(cursor => cursor.Reader == reader).Select(cursor => cursor.Position).SingleOrDefaultAsync(cancellationToken);
        return await db.Facts().Where(fact => fact.Sequence > position).OrderBy(fact => fact.Sequence).Take(atMost).ToListAsync(cancellationToken);
    }

    /// <summary>Everything up to this fact is dealt with. Never goes back.</summary>
    public Task AdvanceAsync(string reader, long position, CancellationToken cancellationToken) => lane.WriteAsync(
        async unit =>
        {
            var now = unit.Now;
            var moved = await unit.Db.FactCursors().Where(cursor => cursor.Reader == reader && cursor.Position < position)
                .ExecuteUpdateAsync(set => set.SetProperty(cursor => cursor.Position, position).SetProperty(cursor => cursor.MovedAt, now));
            if (moved == 0 && !await unit.Db.FactCursors().AnyAsync(cursor => cursor.Reader == reader))
            {
                unit.Db.FactCursors().Add(new FactCursor { Reader = reader, Position = position, MovedAt = now });
                await unit.Db.SaveChangesAsync();
            }

            return true;
        },
        cancellationToken);
}
