namespace CloudPosture.Sandbox.State.Networks;

/// <summary>Packets that a rule of a network access list is about; from or to anywhere unless a range is named.</summary>
/// <param name="Protocol">The protocol's number; -1 for all.</param>
/// <param name="FromPort">The first port; null for all.</param>
/// <param name="ToPort">The last port; null for all.</param>
internal sealed record Traffic(string Protocol, int? FromPort, int? ToPort)
{
    public static readonly Traffic All = new("-1", null, null);

    public string Cidr { get; init; } = "0.0.0.0/0";

    public static Traffic Tcp(int port) => Tcp(port, port);

    public static Traffic Tcp(int first, int last) => new("6", first, last);
}
