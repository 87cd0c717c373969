using CloudPosture.Aws.Models;
using CloudPosture.Sandbox.Auth;
using CloudPosture.Sandbox.Faults;

namespace CloudPosture.Sandbox;

/// <summary>What is known of a call while it is answered; kept for its record even when it fails half-way.</summary>
internal sealed class CallState(string region)
{
    public string Region { get; } = region;

    public OperationModel? Operation { get; set; }

    public Principal? Caller { get; set; }

    public Fault? Fault { get; set; }
}
