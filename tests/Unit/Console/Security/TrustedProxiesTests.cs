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
    [InlineData("10.1.2.3", "203.0.113.9")]
    [InlineData("10.0.0.0/8", "203.0.113.9")]
    [InlineData("192.0.2.1", "10.1.2.3")]
    [InlineData(null, "10.1.2.3")]
    public async Task Only_a_listed_proxy_is_believed(string? trusted, string seen)
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
            context.Request.Headers["X-Forwarded-For"] = "203.0.113.9";
        });

        using var reader = new StreamReader(answer.Response.Body);
        (await reader.ReadToEndAsync()).ShouldBe(seen);
    }

    [Fact]
    public void What_is_neither_address_nor_network_is_refused_by_value()
    {
        var options = new TrustedProxyOptions { Proxies = { "10.0.0.0/8", "the proxy" } };

        var result = new TrustedProxyOptionsValidator(new ConfigurationBuilder().Build()).Validate(Options.DefaultName, options);

        result.Failures.ShouldBe(["TrustedProxies must hold addresses or networks such as 10.0.0.0/8, but has 'the proxy'."]);
    }
}
