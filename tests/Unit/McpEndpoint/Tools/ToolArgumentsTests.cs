using System.Text.Json;
using McpEndpoint.Tools;
using ModelContextProtocol;

namespace UnitTests.McpEndpoint.Tools;

public sealed class ToolArgumentsTests
{
    [Fact]
    public void Equal_arguments_are_equal_texts()
    {
        var one = Canonical("""{ "b": [ {"y":1,"x":2} ], "a": "ü" }""");
        var two = Canonical("""{"a":"\u00fc","b":[{"x":2,"y":1}]}""");

        one.ShouldBe(two);
        ToolArguments.Digest(one).ShouldBe(ToolArguments.Digest(two));
        ToolArguments.Digest(one).Length.ShouldBe(43);
        Canonical("""{"a":"u","b":[]}""").ShouldNotBe(one);
    }

    [Theory]
    [InlineData("""{"name":"x","extra":1}""")]
    [InlineData("""{"name":null}""")]
    [InlineData("""{"Name":"x"}""")]
    [InlineData("""{}""")]
    [InlineData("""{"name":1}""")]
    public void Arguments_that_the_schema_does_not_say_are_not_taken(string json) =>
        Should.Throw<McpProtocolException>(() => ToolArguments.Read<Input>(JsonElement.Parse(json))).ErrorCode.ShouldBe(McpErrorCode.InvalidParams);

    private static string Canonical(string json) =>
        ToolArguments.Canonical(JsonElement.Parse(json).EnumerateObject().ToDictionary(property => property.Name, property => property.Value));

    private sealed record Input(string Name);
}
