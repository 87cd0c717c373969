namespace CloudPosture.Content.Catalog;

/// <summary>How the text of a sensitive member is to be read.</summary>
internal enum SensitiveEncoding
{
    /// <summary>As it is.</summary>
    Plain,

    /// <summary>Base64 of text, which may be compressed by gzip.</summary>
    Base64,

    /// <summary>JSON, whose keys stay.</summary>
    Json,
}
