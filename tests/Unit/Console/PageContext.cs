using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using UnitTests.TestKit;

namespace UnitTests.Console;

/// <summary>Renders pages without a circuit as a request would.</summary>
public abstract class PageContext : BunitContext
{
    protected const string AntiforgeryField = "__RequestVerificationToken";

    protected PageContext()
    {
        Services.AddSingleton<AntiforgeryStateProvider, FixedAntiforgery>();
        Services.AddSingleton<TimeProvider>(new ManualTime());
        Services.AddCascadingValue<HttpContext>(_ => new DefaultHttpContext { Request = { Host = new HostString("auth.example") } });
    }

    private sealed class FixedAntiforgery : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken GetAntiforgeryToken() => new("token", AntiforgeryField);
    }
}
