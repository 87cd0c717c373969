using CloudPosture.Lake.Findings;

namespace CloudPosture.Tests.Assessment;

public sealed class TransportPolicyTests
{
    private const string WithoutTls = "\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"}}";

    [Theory]
    [InlineData("""{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"],""" + WithoutTls + "}", true)]
    [InlineData("""{"Effect":"Deny","Principal":{"AWS":"*"},"Action":"*","Resource":"*",""" + WithoutTls + "}", true)]
    [InlineData("""{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b*",""" + WithoutTls + "}", true)]
    [InlineData("""{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b",""" + WithoutTls + """},{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b/*",""" + WithoutTls + "}", true)]
    [InlineData("""{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":false}}}""", true)]
    [InlineData("""{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b/*",""" + WithoutTls + "}", false)]
    [InlineData("""{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::other","arn:aws:s3:::other/*"],""" + WithoutTls + "}", false)]
    [InlineData("""{"Effect":"Deny","Principal":"*","Action":"s3:GetObject","Resource":"*",""" + WithoutTls + "}", false)]
    [InlineData("""{"Effect":"Deny","Principal":{"AWS":"111122223333"},"Action":"s3:*","Resource":"*",""" + WithoutTls + "}", false)]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*",""" + WithoutTls + "}", false)]
    [InlineData("""{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}""", false)]
    [InlineData("""{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"},"StringEquals":{"aws:PrincipalAccount":"1"}}}""", false)]
    public void Insecure_transport_is_denied_for_all_actions_everyone_and_the_whole_bucket(string statements, bool expected)
    {
        var rules = Given.RuleOnBuckets("{derived: policyDeniesInsecureTransport, with: {field: Policy}}");
        var bucket = Given.Bucket("b", $$$"""{"Policy":{"Statement":[{{{statements}}}]}}""");

        Assert.Equal(expected ? FindingStatus.Pass : FindingStatus.Fail, Given.Status(rules, bucket));
        Assert.Equal(FindingStatus.Fail, Given.Status(rules, Given.Bucket("b")));
    }
}
