using CloudPosture.Delegation;

namespace CloudPosture.Tests.Delegation;

/// <summary>What another process sees of the sender's records.</summary>
internal sealed class DelegationStoreView(DelegationFixture world)
{
    public DelegationRequest Only()
    {
        world.Restart();
        return Assert.Single(world.Store.List());
    }
}
