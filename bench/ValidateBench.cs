using System.Diagnostics;
using AuthCore.Http;
using AuthCore.ResourceServer;
using Microsoft.Extensions.DependencyInjection;

namespace Bench;

/// <summary>
/// The validation of an access token that was seen before beside the first one, which checks the signature. Both ask whether family, client and
/// user are alive.
/// </summary>
internal static class ValidateBench
{
    private const int Families = 32;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var count = arguments.Number("tokens", 6000, 1000, 15_000);
        var time = TimeSpan.FromSeconds(arguments.Number("seconds", 3, 1, 60));
        using var folder = arguments.NewFolder();
        Machine.Describe(folder.FullPath);

        await using var app = BenchHost.Build(folder.Below("data"), "http://127.0.0.1:0");
        await app.StartAsync();
        using var http = OAuthClient.Http(app.Urls.Single());
        var tokens = await CollectAsync(await OAuthClient.RegisterAsync(http), count);
        Console.WriteLine($"{tokens.Length:#,##0} access tokens of {Families} families");

        var validator = app.Services.GetRequiredService<IAccessTokenValidator>();
        var resource = app.Services.GetRequiredService<PublicOrigin>().DefaultResource;
        var warmUp = tokens.Length / 6;
        Measure(validator, resource, tokens.AsSpan(0, warmUp));

        // Each of these is seen for the first time, so that nothing is remembered of it ...
        var signature = Measure(validator, resource, tokens.AsSpan(warmUp));

        // ... and now of all of them.
        double rounds = 0, remembered = 0;
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < time; rounds++)
        {
            remembered += Measure(validator, resource, tokens.AsSpan(warmUp));
        }

        remembered /= rounds;
        Console.WriteLine();
        Console.WriteLine("validate: IAccessTokenValidator.Validate, one thread");
        Console.WriteLine($"  signature each time  {signature,12:#,##0}/s");
        Console.WriteLine($"  remembered           {remembered,12:#,##0}/s");
        Console.WriteLine($"  ratio                {remembered / signature,12:0.0}");
        return 0;
    }

    private static async Task<string[]> CollectAsync(OAuthClient client, int count)
    {
        var each = (count + Families - 1) / Families;
        var collected = await Task.WhenAll(Enumerable.Range(0, Families).Select(async _ =>
        {
            var tokens = await client.ConnectAsync();
            List<string> access = [tokens.Access];
            while (access.Count < each)
            {
                tokens = await client.RefreshAsync(tokens.Refresh) ?? throw new InvalidOperationException("A live refresh token was refused.");
                access.Add(tokens.Access);
            }

            return access;
        }));
        return [.. collected.SelectMany(access => access)];
    }

    /// <returns>Validations a second.</returns>
    private static double Measure(IAccessTokenValidator validator, string resource, ReadOnlySpan<string> tokens)
    {
        var started = Stopwatch.GetTimestamp();
        foreach (var token in tokens)
        {
            if (validator.Validate(token, resource) is not AccessTokenValidation.Valid)
            {
                throw new InvalidOperationException("A live access token was refused.");
            }
        }

        return tokens.Length / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
