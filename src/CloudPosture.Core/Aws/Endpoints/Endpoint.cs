using System;

namespace CloudPosture.Aws.Endpoints;

/// <summary>Where a request goes and what it is signed for.</summary>
/// <param name="BaseUri">Scheme, host and, for an endpoint of one's own, a path to go before the operation's.</param>
/// <param name="SigningRegion">The Region in the signature's scope.</param>
/// <param name="BucketInHost">True where the host already names the S3 bucket, so that the path must not.</param>
internal readonly record struct Endpoint(Uri BaseUri, string SigningRegion, bool BucketInHost);
