using System.Text;
using AuthCore.Http;
using AuthCore.Protocol;
using Microsoft.AspNetCore.Http;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Http;

public class FormReaderTests
{
    [Fact]
    public void Reads_names_and_values_with_plus_and_percent_escapes() =>
        Parse("scope=read+write&state=%C3%A9%26")["state"].ShouldBe("é&");

    [Fact, Spec("RFC 6749 §3.2")]
    public void Takes_an_empty_parameter_for_left_out() => Parse("scope=&scope=read")["scope"].ShouldBe("read");

    [Fact, Spec("RFC 8707 §2")]
    public void Keeps_every_resource() => Parse("resource=a&resource=b").Resources.ShouldBe(["a", "b"]);

    [Theory, Spec("RFC 6749 §3.2")]
    [InlineData("client_id=a&client_id=b")]
    [InlineData("client_id=a&client%5Fid=a")]
    public void Refuses_a_parameter_that_is_there_twice(string form) => Refusal(form).Code.ShouldBe("invalid_request");

    [Theory]
    [InlineData("state=%")]
    [InlineData("state=%4")]
    [InlineData("state=%zz")]
    [InlineData("state=%FF")]
    [InlineData("state=%C3")]
    [InlineData("state=%ED%A0%80")]
    [InlineData("state=a%00b")]
    [InlineData("%00=a")]
    public void Refuses_what_is_not_properly_encoded(string form) => Refusal(form).Status.ShouldBe(400);

    [Fact]
    public void Refuses_bytes_that_are_not_utf8() => FormReader.Parse([(byte)'a', (byte)'=', 0xC3, 0x28]).ShouldBeOfType<FormReading.Refused>();

    [Fact]
    public void Takes_64_parameters_and_no_more()
    {
        Parse(string.Join('&', Enumerable.Range(0, 64).Select(i => $"p{i}=v")))["p63"].ShouldBe("v");
        Refusal(string.Join('&', Enumerable.Range(0, 65).Select(i => $"p{i}=v"))).Status.ShouldBe(400);
    }

    [Fact]
    public void Refuses_a_name_that_is_longer_than_256_bytes() => Refusal(new string('a', 257) + "=v").Status.ShouldBe(400);

    [Theory]
    [InlineData("application/x-www-form-urlencoded", true)]
    [InlineData("Application/X-WWW-Form-Urlencoded; charset=UTF-8", true)]
    [InlineData("application/json", false)]
    [InlineData("multipart/form-data; boundary=x", false)]
    [InlineData("application/x-www-form-urlencoded-not", false)]
    [InlineData(null, false)]
    public async Task The_content_type_must_be_form_and_may_have_parameters(string? contentType, bool accepted) =>
        (await ReadAsync("a=b"u8.ToArray(), contentType) is FormReading.Read).ShouldBe(accepted);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_beyond_64_kB_is_too_large_with_and_without_a_length(bool withLength)
    {
        var body = Encoding.ASCII.GetBytes("a=" + new string('b', FormReader.MaxBytes));
        var reading = await ReadAsync(body, "application/x-www-form-urlencoded", withLength);
        reading.ShouldBeOfType<FormReading.Refused>().Error.Status.ShouldBe(413);
    }

    [Fact]
    public async Task A_body_of_64_kB_is_read()
    {
        var body = Encoding.ASCII.GetBytes("a=" + new string('b', FormReader.MaxBytes - 2));
        (await ReadAsync(body, "application/x-www-form-urlencoded")).ShouldBeOfType<FormReading.Read>();
    }

    private static Task<FormReading> ReadAsync(byte[] body, string? contentType, bool withLength = true)
    {
        var context = new DefaultHttpContext();
        context.Request.ContentType = contentType;
        context.Request.ContentLength = withLength ? body.Length : null;
        context.Request.Body = new MemoryStream(body);
        return FormReader.ReadAsync(context.Request);
    }

    private static RequestParameters Parse(string form) => FormReader.Parse(Encoding.ASCII.GetBytes(form)).ShouldBeOfType<FormReading.Read>().Parameters;

    private static OAuthError Refusal(string form) => FormReader.Parse(Encoding.ASCII.GetBytes(form)).ShouldBeOfType<FormReading.Refused>().Error;
}
