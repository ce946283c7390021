using UnitTests.TestKit;

namespace UnitTests.Architecture;

/// <summary>A list of what is not as it should be yet. It only gets shorter: <c>UPDATE_RATCHETS=1</c> takes away what is gone, and <c>anew</c>, after a renaming, writes what is there now.</summary>
internal static class Ratchet
{
    public static void Hold(string file, IEnumerable<string> found, string advice)
    {
        var now = found.Distinct().Order(StringComparer.Ordinal).ToArray();
        var path = Path.Combine(Repository.Root, file);
        var known = File.ReadAllLines(path);
        var update = Environment.GetEnvironmentVariable("UPDATE_RATCHETS");
        if (!string.IsNullOrEmpty(update))
        {
            known = update == "anew" ? now : [.. known.Intersect(now)];
            File.WriteAllLines(path, known);
        }

        now.Except(known).ShouldBeEmpty(advice);
        known.Except(now).ShouldBeEmpty($"well done: run with UPDATE_RATCHETS=1, which takes these lines out of {file}");
    }
}
