using AuthCore;
using McpEndpoint;
using UnitTests.TestKit;

namespace UnitTests.Architecture.PublicSurface;

/// <summary>
/// What the two libraries promise to those who embed them. A change of it is a decision: <c>UPDATE_PUBLIC_SURFACE=1</c> writes the files anew, and the
/// difference is read in review.
/// </summary>
public sealed class PublicSurfaceTests
{
    [Fact]
    public void AuthCore_shows_what_it_showed_before() => Hold("AuthCore", typeof(AuthCoreServices).Assembly);

    [Fact]
    public void McpEndpoint_shows_what_it_showed_before() => Hold("McpEndpoint", typeof(McpEndpointServices).Assembly);

    [Fact]
    public void A_type_is_written_as_in_CSharp() => PublicTypes.Of(typeof(PublicSurfaceTests).Assembly).Split("\n\n").Single(type => type.StartsWith("sealed class SampleOfASurface", StringComparison.Ordinal)).ShouldBe(
        """
        sealed class SampleOfASurface : IDisposable
            IReadOnlyDictionary<string, int?> Counts { get; }
            SampleOfASurface(string? name, int size = 3)
            bool TryFind(string name, out object? found)
            const string Word = word
            required string Name { get; init; }
            static Task<string?> FirstAsync<T>(IEnumerable<T> many)
            void Dispose()
        """);

    private static void Hold(string name, System.Reflection.Assembly assembly)
    {
        var file = Path.Combine(Repository.Root, "tests/Unit/Architecture/PublicSurface", name + ".txt");
        var now = PublicTypes.Of(assembly);
        if (Environment.GetEnvironmentVariable("UPDATE_PUBLIC_SURFACE") == "1")
        {
            File.WriteAllText(file, now);
        }

        var (known, seen) = (File.ReadAllText(file).Split('\n'), now.Split('\n'));
        seen.ShouldBe(known, $"what an embedder can use of {name} has changed: make it internal, or run with UPDATE_PUBLIC_SURFACE=1 and say in the commit why");
    }
}

/// <summary>Seen by the test above.</summary>
public sealed class SampleOfASurface(string? name, int size = 3) : IDisposable
{
    public const string Word = "word";

    public required string Name { get; init; } = name ?? $"{size}";

    public IReadOnlyDictionary<string, int?> Counts { get; } = new Dictionary<string, int?>();

    public static Task<string?> FirstAsync<T>(IEnumerable<T> many) => Task.FromResult(many.FirstOrDefault()?.ToString());

    public bool TryFind(string name, out object? found) => (found = name == Name ? this : null) is not null;

    public void Dispose()
    {
        // Nothing to give back.
    }

    internal void Hidden() => Dispose();
}
