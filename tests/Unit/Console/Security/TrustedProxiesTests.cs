using System.Net;
using AdminConsole.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace UnitTests.Console.Security;

public sealed class TrustedProxiesTests
{
    [Theory]
    [InlineData("10.1.2.3", "203.0.113.9", "203.0.113.9")]
    [InlineData("10.0.0.0/8", "203.0.113.9", "203.0.113.9")]
    [InlineData("192.0.2.1", "203.0.113.9", "10.1.2.3")]
    [InlineData("", "203.0.113.9", "10.1.2.3")]
    [InlineData(null, "203.0.113.9", "10.1.2.3")]
    // A proxy that appends, and a chain of them: the first address from the right that is not listed.
    [InlineData("10.1.2.3", "6.6.6.6, 203.0.113.9", "203.0.113.9")]
    [InlineData("10.0.0.0/8", "6.6.6.6, 203.0.113.9, 10.9.9.9", "203.0.113.9")]
    public async Task Only_a_listed_proxy_is_believed(string? trusted, string forwarded, string seen)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection(trusted is null ? [] : [new("TrustedProxies:0", trusted)]);
        builder.Services.AddTrustedProxies(builder.Configuration);
        await using var app = builder.Build();
        app.UseTrustedProxies();
        app.Run(context => context.Response.WriteAsync(context.Connection.RemoteIpAddress!.ToString()));
        await app.StartAsync();

        var answer = await app.GetTestServer().SendAsync(context =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse("10.1.2.3");
            context.Request.Headers["X-Forwarded-For"] = forwarded;
        });

        using var reader = new StreamReader(answer.Response.Body);
        (await reader.ReadToEndAsync()).ShouldBe(seen);
    }

    [Theory]
    [InlineData("10")]
    [InlineData("10.1")]
    [InlineData("0.0.0.0/0")]
    [InlineData("::/0")]
    [InlineData("10.0.0.0/33")]
    [InlineData("proxy.example")]
    public void A_value_that_names_no_proxy_or_every_address_is_refused(string proxy) => Problems(new TrustedProxyOptions { Proxies = { proxy } })
        .ShouldBe([$"TrustedProxies must hold addresses or networks such as 10.0.0.0/8, but has '{proxy}'."]);

    [Theory]
    [InlineData("ForwardedHeaders_Enabled", "true")]
    [InlineData("FORWARDEDHEADERS_ENABLED", "True")]
    public void The_switch_of_the_framework_is_refused(string key, string value) =>
        Problems(new TrustedProxyOptions { Proxies = { "::1", "10.0.0.0/8" } }, (key, value)).ShouldHaveSingleItem().ShouldStartWith("ForwardedHeaders_Enabled (");

    [Fact]
    public void One_value_in_place_of_a_list_is_refused() =>
        Problems(new TrustedProxyOptions(), ("TrustedProxies", "10.0.0.1")).ShouldHaveSingleItem().ShouldContain("must be a list");

    private static IEnumerable<string> Problems(TrustedProxyOptions options, params (string Key, string? Value)[] settings) => new TrustedProxyOptionsValidator(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))).Build())
        .Validate(Options.DefaultName, options).Failures ?? [];

    [Fact]
    public void What_is_neither_address_nor_network_is_refused_by_value()
    {
        var options = new TrustedProxyOptions { Proxies = { "10.0.0.0/8", "the proxy" } };

        var result = new TrustedProxyOptionsValidator(new ConfigurationBuilder().Build()).Validate(Options.DefaultName, options);

        result.Failures.ShouldBe(["TrustedProxies must hold addresses or networks such as 10.0.0.0/8, but has 'the proxy'."]);
    }
}
