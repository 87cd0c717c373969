using System.Linq;
using CloudPosture.ModuleBuilder.Checks;

namespace CloudPosture.Tests.Rules;

/// <summary>What answers can hold of secrets is judged and never stored, and the builder sees to it.</summary>
public sealed class SecretMemberTests
{
    [Theory]
    [InlineData("rds", "AWS::RDS::DBInstance", "PendingModifiedValues.MasterUserPassword")]
    [InlineData("lightsail", "AWS::Lightsail::Database", "pendingModifiedValues.masterUserPassword")]
    public void AMemberThatCanHoldASecretMustBeDeclared(string service, string type, string member)
    {
        var resource = Shipped.Content.Catalog.Service(service).Resources.First(resource => resource.Type == type);
        var model = Shipped.Content.Models.Get(service);

        Assert.Empty(SecretMembers.Undeclared(resource, model));
        Assert.Contains(member, SecretMembers.Undeclared(resource with { Sensitive = [] }, model));
    }
}
