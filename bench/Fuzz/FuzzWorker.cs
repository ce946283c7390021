using System.Net;

namespace Bench.Fuzz;

/// <summary>One connection after the other, one request after the other, all from one seed.</summary>
internal sealed class FuzzWorker(FuzzTarget target, Tally tally, Random random, int number, int requests)
{
    public async Task RunAsync()
    {
        var address = new Uri(target.Address);
        using var connection = new RawConnection(new IPEndPoint(IPAddress.Loopback, address.Port));
        var grammar = new RequestGrammar(target, random);
        for (var sent = 0; sent < requests; sent++)
        {
            var request = grammar.Next();
            tally.Add(request, await connection.SendAsync(request), $"worker {number}, request {sent}");
        }
    }
}
