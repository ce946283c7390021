namespace McpAuthConsole.E2ETests.Host;

/// <summary>Somebody who signs in.</summary>
internal sealed record Person(string Email, string Password)
{
    public static Person Administrator { get; } = new("grace@example.com", "Compile-The-Ocean-42");
}
