using System.Text;
using AuthCore.Protocol;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Protocol;

public sealed class RequestParametersTests
{
    [Fact]
    public void What_is_wrong_is_noted_and_the_rest_is_read()
    {
        var parameters = Parse("state=%zz&client_id=a&client_id=b&scope=read");
        parameters.IsMalformed.ShouldBeTrue();
        parameters.IsRepeated("client_id").ShouldBeTrue();
        parameters.IsRepeated("scope").ShouldBeFalse();
        (parameters["client_id"], parameters["scope"], parameters["state"]).ShouldBe(("a", "read", null));
        parameters.FirstProblem.ShouldBe(ParameterProblem.Malformed);
    }

    [Fact]
    public void Nothing_is_wrong_with_several_resources_or_an_empty_parameter()
    {
        var parameters = Parse("&resource=a&resource=b&state=&state=x&");
        parameters.FirstProblem.ShouldBeNull();
        parameters.HasRepeated.ShouldBeFalse();
        (parameters.Resources.Count, parameters["state"]).ShouldBe((2, "x"));
    }

    [Fact]
    public void What_is_beyond_the_limit_is_not_read()
    {
        var parameters = Parse("a=1&b=2&c=3", most: 2);
        parameters.FirstProblem.ShouldBe(ParameterProblem.TooMany);
        (parameters["b"], parameters["c"]).ShouldBe(("2", null));
    }

    [Fact]
    public void The_protocols_own_rules_know_neither_request_nor_response() => Repository.Sources
        .Where(source => source.StartsWith("src/AuthCore/Protocol/", StringComparison.Ordinal))
        .Where(source => Repository.Read(source).Contains("Microsoft.AspNetCore", StringComparison.Ordinal))
        .ShouldBeEmpty();

    private static RequestParameters Parse(string encoded, int most = int.MaxValue) => RequestParameters.Parse(Encoding.UTF8.GetBytes(encoded), most);
}
