namespace McpAuthConsole.E2ETests.Browser;

/// <summary>All classes of one collection run one after the other and share the browser.</summary>
[CollectionDefinition(Name)]
public sealed class ChromiumCollection : ICollectionFixture<Chromium>
{
    public const string Name = "Chromium";
}
