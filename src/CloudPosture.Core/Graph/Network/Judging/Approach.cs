using System.Collections.Generic;
using CloudPosture.Graph.Network.Parts;

namespace CloudPosture.Graph.Network.Judging;

/// <summary>How packets come into a network from something in front of it, such as a distribution or an API.</summary>
/// <param name="Sender">What sends them, as the network sees it.</param>
/// <param name="Before">What they went through before, from the Internet on.</param>
/// <param name="Via">The ARN of what stands in front.</param>
internal sealed record Approach(Origin Sender, IReadOnlyList<string> Before, string Via);
