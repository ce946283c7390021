using Xunit.Abstractions;
using Xunit.Sdk;

namespace UnitTests.TestKit;

/// <summary>
/// The section of a specification that a test holds the project to, e.g. <c>RFC 7636 §4.6</c>. A trait, so that <c>--filter Spec="RFC 7636 §4.6"</c> finds it;
/// <c>docs/rfc-map.md</c> lists them all.
/// </summary>
[TraitDiscoverer("UnitTests.TestKit.SpecDiscoverer", "McpAuthConsole.UnitTests")]
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class SpecAttribute(string section) : Attribute, ITraitAttribute
{
    public string Section => section;
}

/// <summary>Tells xunit the trait.</summary>
public sealed class SpecDiscoverer : ITraitDiscoverer
{
    public IEnumerable<KeyValuePair<string, string>> GetTraits(IAttributeInfo traitAttribute) =>
        [new("Spec", (string)traitAttribute.GetConstructorArguments().Single())];
}
