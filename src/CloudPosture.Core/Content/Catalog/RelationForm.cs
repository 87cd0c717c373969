namespace CloudPosture.Content.Catalog;

/// <summary>How a relation's value is written.</summary>
internal enum RelationForm : byte
{
    /// <summary>An id or an ARN.</summary>
    Plain,

    /// <summary>Ids between commas.</summary>
    List,

    /// <summary>A place in S3: <c>s3://bucket/path</c>.</summary>
    Uri,

    /// <summary>A name in the DNS.</summary>
    Domain,

    /// <summary>An account, by its id or as the principal <c>arn:aws:iam::ID:root</c>.</summary>
    Account,

    /// <summary>Text with ARNs in it, such as JSON that AWS answers as text.</summary>
    Text,
}
