using AuthCore.Http;
using Microsoft.AspNetCore.Http;

namespace UnitTests.AuthCore.Http;

public sealed class RequestBodyTests
{
    [Theory]
    [InlineData(4, 4)]
    [InlineData(5, null)]
    public async Task No_more_is_read_than_is_allowed(int sent, int? read)
    {
        var reading = await ReadAsync(new MemoryStream(new byte[sent]));

        (reading is BodyReading.Read { Bytes.Length: var length } ? length : (int?)null).ShouldBe(read);
    }

    [Fact]
    public async Task A_body_that_cannot_be_read_is_the_senders_mistake() =>
        (await ReadAsync(new Breaking())).ShouldBeOfType<BodyReading.Unreadable>().Status.ShouldBe(StatusCodes.Status400BadRequest);

    private static Task<BodyReading> ReadAsync(Stream body) => RequestBody.ReadAsync(new DefaultHttpContext { Request = { Body = body } }.Request, new byte[5]);

    /// <summary>As the server's own does where a chunk is impossible.</summary>
    private sealed class Breaking : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("Bad chunk size data.");
    }
}
