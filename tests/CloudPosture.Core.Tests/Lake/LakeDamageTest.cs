using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Text;
using CloudPosture.Lake;
using static CloudPosture.Tests.Lake.TemporaryLake;

namespace CloudPosture.Tests.Lake;

/// <summary>A lake with a harvest of two accounts, which tells of each damage.</summary>
public abstract class LakeDamageTest : IDisposable
{
    private protected const string Account1 = "111122223333";
    private protected const string Account2 = "444455556666";
    private protected readonly TemporaryLake _lake = new();
    private protected readonly List<LakeException> _damages = [];

    private protected LakeDamageTest()
    {
        using (var writer = _lake.Write())
        {
            Commit(writer, Account1, "s3", Noon, "a", "b");
            Commit(writer, Account1, "kms", Noon, "c");
            Commit(writer, Account2, "s3", Noon, "d");
        }

        _lake.Lake.OnDamage = _damages.Add;
    }

    public void Dispose() => _lake.Dispose();

    private protected static byte[] Gzip(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.SmallestSize))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    private protected static string Ungzip(byte[] bytes) => new StreamReader(new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress)).ReadToEnd();
}
