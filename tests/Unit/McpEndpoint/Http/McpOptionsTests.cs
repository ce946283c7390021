using McpEndpoint.Http;
using Microsoft.Extensions.Options;

namespace UnitTests.McpEndpoint.Http;

public sealed class McpOptionsTests
{
    [Fact]
    public void Every_wrong_setting_is_named_by_key_rule_and_value()
    {
        var options = new McpOptions { ServerName = "", ServerVersion = new string('1', 101) };
        options.AllowedOrigins.Add("https://fine.example");
        options.AllowedOrigins.Add("https://app.example/path");

        var result = new McpOptionsValidator().Validate(Options.DefaultName, options);

        result.Failures!.Count().ShouldBe(3);
        var message = result.FailureMessage.ShouldNotBeNull();
        message.ShouldContain("Mcp:ServerName: must have 1 to 100 characters, but was ''");
        message.ShouldContain("Mcp:ServerVersion");
        message.ShouldContain("Mcp:AllowedOrigins:1: must be an origin");
        message.ShouldContain("'https://app.example/path'");
    }

    [Theory]
    [InlineData("*")]
    [InlineData("https://app.example/")]
    [InlineData("app.example")]
    [InlineData("ftp://app.example")]
    [InlineData("null")]
    public void What_is_no_origin_is_refused(string origin)
    {
        var options = new McpOptions();
        options.AllowedOrigins.Add(origin);

        new McpOptionsValidator().Validate(Options.DefaultName, options).Failed.ShouldBeTrue();
    }

    [Fact]
    public void The_defaults_are_fine() => new McpOptionsValidator().Validate(Options.DefaultName, new McpOptions()).Succeeded.ShouldBeTrue();
}
