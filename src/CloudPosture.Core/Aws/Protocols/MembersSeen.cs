using System;
using CloudPosture.Aws.Models;

namespace CloudPosture.Aws.Protocols;

/// <summary>Notices a member that comes twice: no service writes one so, and whoever reads on would take the last for the only one.</summary>
internal struct MembersSeen(Shape shape)
{
    private const int WordBits = 64;
    private ulong _first;
    private ulong[]? _further;

    /// <summary>Notes a member.</summary>
    /// <param name="member">The member.</param>
    /// <exception cref="FormatException">It came before.</exception>
    public void Add(ShapeMember member)
    {
        var place = member.Place;
        var bit = 1UL << (place % WordBits);
        if (place >= WordBits)
        {
            _further ??= new ulong[(shape.Members.Count + WordBits - 1) / WordBits];
        }

        ref var word = ref place < WordBits ? ref _first : ref _further![place / WordBits];
        if ((word & bit) != 0)
        {
            throw new FormatException($"The member {member.Name} comes twice");
        }

        word |= bit;
    }
}
