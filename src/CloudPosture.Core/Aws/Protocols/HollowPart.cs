using System;
using CloudPosture.Aws.Models;

namespace CloudPosture.Aws.Protocols;

/// <summary>Refuses parts at the top of an answer that hold nothing of what their models say: they would pass for what is not set, or for nothing at all.</summary>
internal static class HollowPart
{
    /// <summary>Refuses a structure that holds somebody else's members alone. One without any is how AWS writes what is not set.</summary>
    /// <exception cref="FormatException">It is one.</exception>
    public static void RefuseMember(ShapeMember member, (int Known, int Unknown) found)
    {
        if (found is { Known: 0, Unknown: > 0 } && member.Shape.HasBody)
        {
            throw new FormatException($"The member {member.Name} holds nothing of what its model says");
        }
    }

    /// <summary>Refuses an item of a list that holds no member: nobody lists what is not there.</summary>
    /// <exception cref="FormatException">It is one.</exception>
    public static void RefuseItem(ShapeMember list, (int Known, int Unknown) found)
    {
        if (found.Known == 0 && list.Shape.Element!.Shape.HasBody)
        {
            throw new FormatException($"An item of {list.Name} holds nothing of what its model says");
        }
    }
}
