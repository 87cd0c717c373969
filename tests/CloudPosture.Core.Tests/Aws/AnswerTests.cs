using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace CloudPosture.Tests.Aws;

/// <summary>Answers after the samples of AWS's API reference, shortened.</summary>
public sealed class AnswerTests
{
    public static TheoryData<string, string, string, string> Samples => new()
    {
        // Query.
        {
            "iam", "ListUsers",
            """
            <ListUsersResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
             <ListUsersResult>
               <Users>
                 <member><UserId>AID2MAB8DPLSRHEXAMPLE</UserId><Path>/division_abc/</Path><UserName>Andrew</UserName>
                   <Arn>arn:aws:iam::123456789012:user/division_abc/Andrew</Arn><CreateDate>2012-09-05T19:38:48Z</CreateDate><PasswordLastUsed>2014-10-08T21:47:36.5Z</PasswordLastUsed></member>
                 <member><UserName>Jackie</UserName><NotKnown><Deep>1</Deep></NotKnown></member>
               </Users>
               <IsTruncated>false</IsTruncated>
             </ListUsersResult>
             <ResponseMetadata><RequestId>7a62c49f-347e-4fc4-9331-6e8eEXAMPLE</RequestId></ResponseMetadata>
            </ListUsersResponse>
            """,
            """{"Users":[{"UserId":"AID2MAB8DPLSRHEXAMPLE","Path":"/division_abc/","UserName":"Andrew","Arn":"arn:aws:iam::123456789012:user/division_abc/Andrew","CreateDate":"2012-09-05T19:38:48+00:00","PasswordLastUsed":"2014-10-08T21:47:36.500000+00:00"},{"UserName":"Jackie"}],"IsTruncated":false}"""
        },
        {
            "iam", "GetRolePolicy",
            """
            <GetRolePolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetRolePolicyResult>
            <PolicyName>S3AccessPolicy</PolicyName><RoleName>S3Access</RoleName>
            <PolicyDocument>%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22s3%3A%2A%22%7D%5D%7D</PolicyDocument>
            </GetRolePolicyResult></GetRolePolicyResponse>
            """,
            """{"PolicyName":"S3AccessPolicy","RoleName":"S3Access","PolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*"}]}}"""
        },
        {
            "sns", "GetTopicAttributes",
            """
            <GetTopicAttributesResponse xmlns="https://sns.amazonaws.com/doc/2010-03-31/"><GetTopicAttributesResult><Attributes>
            <entry><key>Owner</key><value>123456789012</value></entry>
            <entry><key>Policy</key><value>{&quot;Version&quot;:&quot;2008-10-17&quot;}</value></entry>
            <entry><key>DisplayName</key><value/></entry>
            </Attributes></GetTopicAttributesResult></GetTopicAttributesResponse>
            """,
            """{"Attributes":{"Owner":"123456789012","Policy":"{\"Version\":\"2008-10-17\"}","DisplayName":""}}"""
        },
        {
            "rds", "DescribeDBSnapshotAttributes",
            """
            <DescribeDBSnapshotAttributesResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><DescribeDBSnapshotAttributesResult><DBSnapshotAttributesResult>
            <DBSnapshotAttributes><DBSnapshotAttribute><AttributeName>restore</AttributeName><AttributeValues><AttributeValue>012345678901</AttributeValue><AttributeValue>all</AttributeValue></AttributeValues></DBSnapshotAttribute></DBSnapshotAttributes>
            <DBSnapshotIdentifier>manual-snapshot1</DBSnapshotIdentifier>
            </DBSnapshotAttributesResult></DescribeDBSnapshotAttributesResult></DescribeDBSnapshotAttributesResponse>
            """,
            """{"DBSnapshotAttributesResult":{"DBSnapshotAttributes":[{"AttributeName":"restore","AttributeValues":["012345678901","all"]}],"DBSnapshotIdentifier":"manual-snapshot1"}}"""
        },

        // EC2.
        {
            "ec2", "DescribeRegions",
            """
            <DescribeRegionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>59dbff89-35bd-4eac-99ed-be587EXAMPLE</requestId>
            <regionInfo><item><regionName>us-east-1</regionName><regionEndpoint>ec2.us-east-1.amazonaws.com</regionEndpoint><optInStatus>opt-in-not-required</optInStatus></item></regionInfo></DescribeRegionsResponse>
            """,
            """{"Regions":[{"RegionName":"us-east-1","Endpoint":"ec2.us-east-1.amazonaws.com","OptInStatus":"opt-in-not-required"}]}"""
        },
        {
            "ec2", "DescribeSecurityGroups",
            """
            <DescribeSecurityGroupsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>1d62eae0</requestId><securityGroupInfo><item>
            <ownerId>123456789012</ownerId><groupId>sg-9bf6ceff</groupId><groupName>SSHAccess</groupName><groupDescription>Security group for SSH access</groupDescription><vpcId>vpc-31896b55</vpcId>
            <ipPermissions><item><ipProtocol>tcp</ipProtocol><fromPort>22</fromPort><toPort>22</toPort><groups/><ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item></ipRanges>
            <ipv6Ranges><item><cidrIpv6>::/0</cidrIpv6></item></ipv6Ranges><prefixListIds/></item></ipPermissions>
            </item></securityGroupInfo></DescribeSecurityGroupsResponse>
            """,
            """{"SecurityGroups":[{"OwnerId":"123456789012","GroupId":"sg-9bf6ceff","GroupName":"SSHAccess","Description":"Security group for SSH access","VpcId":"vpc-31896b55","IpPermissions":[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"UserIdGroupPairs":[],"IpRanges":[{"CidrIp":"0.0.0.0/0"}],"Ipv6Ranges":[{"CidrIpv6":"::/0"}],"PrefixListIds":[]}]}]}"""
        },
        {
            "ec2", "DescribeSnapshotAttribute",
            """
            <DescribeSnapshotAttributeResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>59dbff89</requestId><snapshotId>snap-1234567890abcdef0</snapshotId>
            <createVolumePermission><item><group>all</group></item></createVolumePermission></DescribeSnapshotAttributeResponse>
            """,
            """{"SnapshotId":"snap-1234567890abcdef0","CreateVolumePermissions":[{"Group":"all"}]}"""
        },

        // JSON.
        {
            "kms", "DescribeKey",
            """{"KeyMetadata":{"AWSAccountId":"111122223333","KeyId":"1234abcd","CreationDate":1.499288695918E9,"Enabled":true,"MultiRegion":false,"Description":null,"Unknown":{"a":[1]}}}""",
            """{"KeyMetadata":{"AWSAccountId":"111122223333","KeyId":"1234abcd","CreationDate":"2017-07-05T21:04:55.918000+00:00","Enabled":true,"MultiRegion":false}}"""
        },
        {
            "organizations", "ListAccounts",
            """{"Accounts":[{"Arn":"arn:aws:organizations::111111111111:account/o-exampleorgid/111111111111","Email":"bill@example.com","Id":"111111111111","JoinedMethod":"INVITED","JoinedTimestamp":1481830215.45,"Name":"Master Account","State":"ACTIVE","Status":"ACTIVE"}]}""",
            """{"Accounts":[{"Arn":"arn:aws:organizations::111111111111:account/o-exampleorgid/111111111111","Email":"bill@example.com","Id":"111111111111","JoinedMethod":"INVITED","JoinedTimestamp":"2016-12-15T19:30:15.450000+00:00","Name":"Master Account","State":"ACTIVE","Status":"ACTIVE"}]}"""
        },
        {
            "sqs", "GetQueueAttributes",
            """{"Attributes":{"QueueArn":"arn:aws:sqs:us-east-1:111122223333:MyQueue","Policy":"{\"Version\":\"2012-10-17\"}"}}""",
            """{"Attributes":{"QueueArn":"arn:aws:sqs:us-east-1:111122223333:MyQueue","Policy":"{\"Version\":\"2012-10-17\"}"}}"""
        },
        {
            "logs", "DescribeLogGroups",
            """{"logGroups":[{"storedBytes":1048576,"arn":"arn:aws:logs:us-east-1:123456789012:log-group:my-log-group:*","creationTime":1393545600000,"logGroupName":"my-log-group"}]}""",
            """{"logGroups":[{"storedBytes":1048576,"arn":"arn:aws:logs:us-east-1:123456789012:log-group:my-log-group:*","creationTime":1393545600000,"logGroupName":"my-log-group"}]}"""
        },

        // REST-JSON.
        {
            "guardduty", "GetDetector",
            """{"createdAt":"2020-11-18T16:14:00.123Z","findingPublishingFrequency":"SIX_HOURS","status":"ENABLED","tags":{"é\u0001":"\ud83d\ude00"}}""",
            """{"CreatedAt":"2020-11-18T16:14:00.123Z","FindingPublishingFrequency":"SIX_HOURS","Status":"ENABLED","Tags":{"é\u0001":"😀"}}"""
        },
        {
            "efs", "DescribeFileSystems",
            """{"FileSystems":[{"CreationTime":1403301078,"FileSystemId":"fs-01234567","NumberOfMountTargets":1,"SizeInBytes":{"Timestamp":1403301078,"Value":29313417216},"Encrypted":true}]}""",
            """{"FileSystems":[{"CreationTime":"2014-06-20T21:51:18+00:00","FileSystemId":"fs-01234567","NumberOfMountTargets":1,"SizeInBytes":{"Timestamp":"2014-06-20T21:51:18+00:00","Value":29313417216},"Encrypted":true}]}"""
        },
        {
            "account", "GetAlternateContact",
            """{"AlternateContact":{"AlternateContactType":"SECURITY","EmailAddress":"a@example.com","Name":"Anika","PhoneNumber":"206-555-0198","Title":"COO"}}""",
            """{"AlternateContact":{"AlternateContactType":"SECURITY","EmailAddress":"a@example.com","Name":"Anika","PhoneNumber":"206-555-0198","Title":"COO"}}"""
        },

        // REST-XML.
        {
            "s3", "GetBucketAcl",
            """
            <AccessControlPolicy><Owner><ID>75aa57f0</ID></Owner><AccessControlList><Grant>
            <Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="Group"><URI>http://acs.amazonaws.com/groups/global/AllUsers</URI></Grantee><Permission>READ</Permission>
            </Grant></AccessControlList></AccessControlPolicy>
            """,
            """{"Owner":{"ID":"75aa57f0"},"Grants":[{"Grantee":{"Type":"Group","URI":"http://acs.amazonaws.com/groups/global/AllUsers"},"Permission":"READ"}]}"""
        },
        {
            "s3", "GetBucketEncryption",
            """
            <ServerSideEncryptionConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>arn</KMSMasterKeyID></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>
            """,
            """{"ServerSideEncryptionConfiguration":{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"aws:kms","KMSMasterKeyID":"arn"},"BucketKeyEnabled":true}]}}"""
        },
        { "s3", "GetBucketPolicy", """{"Version":"2012-10-17"}""", """{"Policy":"{\"Version\":\"2012-10-17\"}"}""" },
        { "s3", "GetBucketLocation", """<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">eu-west-1</LocationConstraint>""", """{"LocationConstraint":"eu-west-1"}""" },
        { "s3", "GetBucketLocation", """<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>""", """{"LocationConstraint":null}""" },
        { "s3", "GetBucketVersioning", """<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>""", "{}" },
        {
            "cloudfront", "ListDistributions",
            """
            <DistributionList xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Marker></Marker><MaxItems>100</MaxItems><IsTruncated>false</IsTruncated><Quantity>1</Quantity>
            <Items><DistributionSummary><Id>EDFDVBD6EXAMPLE</Id><LastModifiedTime>2020-01-01T00:00:00.123Z</LastModifiedTime><Aliases><Quantity>0</Quantity></Aliases><Enabled>true</Enabled></DistributionSummary></Items></DistributionList>
            """,
            """{"DistributionList":{"Marker":"","MaxItems":100,"IsTruncated":false,"Quantity":1,"Items":[{"Id":"EDFDVBD6EXAMPLE","LastModifiedTime":"2020-01-01T00:00:00.123000+00:00","Aliases":{"Quantity":0},"Enabled":true}]}}"""
        },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Samples_decode_to_official_names_and_types(string service, string operation, string wire, string expected)
    {
        var decoded = await StubTransport.Of(wire).DecodeAsync(StubTransport.Call(service, operation, Inputs.Required(service, operation)));

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(decoded)), decoded);
    }

    [Fact]
    public async Task A_policy_that_nests_without_end_is_kept_as_text()
    {
        var policy = string.Concat(Enumerable.Repeat("[", 10_000));

        Assert.Contains(policy, await StubTransport.Of($"<GetRolePolicyResponse><GetRolePolicyResult><PolicyDocument>{policy}</PolicyDocument></GetRolePolicyResult></GetRolePolicyResponse>").DecodeAsync(StubTransport.Call("iam", "GetRolePolicy", Inputs.Required("iam", "GetRolePolicy"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_in_many_pieces_is_joined_in_one_pass()
    {
        var pieces = string.Concat(Enumerable.Repeat("a<![CDATA[b]]>", 250_000));
        var before = GC.GetTotalAllocatedBytes();

        var decoded = await StubTransport.Of($"<GetTopicAttributesResponse><GetTopicAttributesResult><Attributes><entry><key>Policy</key><value>{pieces}</value></entry></Attributes></GetTopicAttributesResult></GetTopicAttributesResponse>")
            .DecodeAsync(StubTransport.Call("sns", "GetTopicAttributes", Inputs.Required("sns", "GetTopicAttributes")));

        Assert.Equal(500_000, JsonNode.Parse(decoded)!["Attributes"]!["Policy"]!.GetValue<string>().Length);

        // Joined piece by piece it would take some 250 GB.
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 10L << 30);
    }
}
