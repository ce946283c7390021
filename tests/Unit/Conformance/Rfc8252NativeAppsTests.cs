using AuthCore.Protocol;

namespace UnitTests.Conformance;

/// <summary>RFC 8252, OAuth 2.0 for Native Apps, and RFC 9700 §2.1 and §4.1 on redirect URIs.</summary>
public class Rfc8252NativeAppsTests
{
    [Fact]
    public void Section_7_3_any_port_of_a_loopback_address_is_allowed_at_the_time_of_the_request() =>
        RedirectUri.Matches("http://127.0.0.1/cb", "http://127.0.0.1:51004/cb").ShouldBeTrue();

    [Fact]
    public void Section_7_3_both_loopback_addresses_are_supported() =>
        RedirectUri.Matches("http://[::1]/cb", "http://[::1]:51004/cb").ShouldBeTrue();

    [Fact]
    public void Section_8_4_a_private_use_scheme_without_a_period_is_refused()
    {
        RedirectUri.TryParse("myapp:/cb", [], out _, out _).ShouldBeFalse();
        RedirectUri.TryParse("com.example.app:/cb", [], out _, out _).ShouldBeTrue();
    }

    [Fact]
    public void Rfc_9700_section_4_1_3_everything_else_is_compared_exactly()
    {
        RedirectUri.Matches("https://app.example/cb", "https://app.example/cb").ShouldBeTrue();
        RedirectUri.Matches("https://app.example/cb", "https://app.example/cb?next=evil").ShouldBeFalse();
        RedirectUri.Matches("https://app.example/cb", "https://app.example/CB").ShouldBeFalse();
    }
}
