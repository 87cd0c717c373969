using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace CloudPosture.Tests.Secrets;

/// <summary>Settings, scripts and documents made by a seed: with secrets in the forms issuers publish and people write, and with what only looks like one.</summary>
public static class SecretCorpus
{
    private const string Digits = "0123456789";
    private const string Hex = "0123456789abcdef";
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Alphanumeric = Upper + Lower + Digits;
    private const string Base64 = Alphanumeric + "+/";
    private const string Url = Alphanumeric + "_-";

    /// <summary>Keys and tokens by the forms that their issuers publish: text, and in braces an alphabet with a length.</summary>
    private static readonly string[] Published =
    [
        "AKIA{B16}", "ASIA{B16}", "da2-{l26}", "ABSK{6120}==", "ghp_{a36}", "gho_{a36}", "ghs_{a36}", "github_pat_{a22}_{a59}", "glpat-{u20}", "glpat-{u27}.01.{l9}", "glrt-{u20}", "gldt-{u20}", "glsoat-{u20}", "GR1348941{u20}",
        "xoxb-{d12}-{d12}-{a24}", "xoxp-{d12}-{d12}-{d12}-{h32}", "xapp-1-A{U10}-{d13}-{h64}", "https://hooks.slack.com/services/T{U8}/B{U8}/{a24}", "https://discord.com/api/webhooks/{d18}/{u68}", "sk_live_{a24}", "rk_live_{a24}", "sk_test_{a24}", "whsec_{a32}",
        "AIza{u35}", "GOCSPX-{u28}", "ya29.{u120}", "{U1}{a2}8Q~{u34}", "{a3}7Q~{u34}", "{a76}AZDO{a4}", "SG.{u22}.{u43}", "SK{h32}", "key-{h32}", "{h32}-us14", "xkeysib-{h64}-{a16}", "npm_{a36}", "pypi-AgEIcHlwaS5vcmc{u140}", "oy2{l43}", "rubygems_{h48}",
        "AKCp{a69}", "dckr_pat_{u27}", "sk-proj-{u74}T3BlbkFJ{u74}", "sk-ant-api03-{u93}AA", "hf_{a34}", "r8_{a37}", "gsk_{a52}", "sk-or-v1-{h64}", "xai-{a80}", "pplx-{a48}", "nvapi-{u64}", "sk-{h32}", "lsv2_pt_{h32}_{h10}", "sk_{h48}", "dapi{h32}", "dop_v1_{h64}",
        "shpat_{h32}", "hvs.{u95}", "{a14}.atlasv1.{u67}", "pul-{h40}", "dp.pt.{a43}", "dp.st.prd.{a43}", "ATATT3{u186}", "lin_api_{a40}", "ntn_{d11}{a35}", "pat{a14}.{h64}", "figd_{u40}", "pat-na1-{g}", "CCIPAT_{a22}_{h40}", "bkua_{h40}", "sbp_{h40}", "pscale_tkn_{u43}",
        "tskey-auth-{a12}-{a32}", "sqp_{h40}", "sgp_{h40}", "sntryu_{h64}", "NRAK-{V27}", "{h36}NRAL", "dt0c01.{V24}.{V64}", "glsa_{a32}_{h8}", "PMAK-{h24}-{h34}", "{a6}_{a29}_mmk", "EZAK{a54}", "{d9}:AA{u33}", "eyJ{a34}.eyJ{a60}.{u43}", "sq0csp-{u43}", "LTAI{a20}",
    ];

    /// <summary>Where a key may stand; the name beside it tells nothing.</summary>
    private static readonly (string Name, string Value)[] Carriers =
    [
        ("SLOT", "{v}"), ("UPSTREAM", "{v}"), ("CONFIG", """{"endpoint":"https://api.internal","auth":{"value":"{v}"},"retries":3}"""), ("", "#!/bin/bash\nset -e\n./agent --mode prod --with {v} --port 8080\n"), ("ARGS", "serve {v}"), ("", "runcmd:\n  - [/opt/agent, register, \"{v}\"]\n"),
    ];

    private static readonly string[] PasswordNames = ["DB_PASSWORD", "db_password", "dbPassword", "MYSQL_PASSWORD", "POSTGRES_PASSWORD", "MasterUserPassword", "PASSWORD", "password", "ADMIN_PASSWD", "SMTP_PASS", "DB_PASS", "dbpass", "REDIS_PWD", "MYSQL_PWD", "SSH_PASSPHRASE", "keystorePass", "PGPASSWORD", "DB_PASSWORD_PROD", "PASSWORD_2", "spring.datasource.password", "Db__Password", "--db-password", "LDAP_BIND_PW", "RootPassword"];

    private static readonly string[] SecretNames = ["API_KEY", "apiKey", "X_API_KEY", "STRIPE_SECRET", "CLIENT_SECRET", "clientSecret", "AUTH_TOKEN", "accessToken", "SLACK_TOKEN", "AWS_SECRET_ACCESS_KEY", "SECRET_KEY", "SECRET_KEY_BASE", "ENCRYPTION_KEY", "SIGNING_KEY", "JWT_SECRET", "WEBHOOK_SECRET", "AZURE_STORAGE_KEY", "DATADOG_API_KEY", "DD_APP_KEY", "NEW_RELIC_LICENSE_KEY", "TOKEN", "GITHUB_TOKEN", "MAPBOX_KEY", "ALGOLIA_ADMIN_KEY", "SEGMENT_WRITE_KEY", "SENTRY_AUTH_TOKEN", "API_KEY_PROD", "TOKEN_V2", "HMAC_KEY", "--api-token", "STREAK_KEY", "Auth0ClientSecret"];

    /// <summary>What people choose, beside what generators make.</summary>
    private static readonly string[] Passwords = ["Summer20{d2}!", "P@ssw0rd{d2}", "hunter{d1}", "Welcome{d2}", "{a16}", "{s20}", "{s12}", "{l10}", "{d8}", "changeme", "password", "Pr0d-{l4}-{d4}", "{l5}{U3}{d3}#", "Tr0ub4dor&{d1}", "pa$$w0rd{d2}", "/{a19}", "{a7}/{a8}+{a6}=", "letmein{d3}", "admin{d3}"];

    /// <summary>What generators make and services issue without a form of their own.</summary>
    private static readonly string[] Random = ["{a32}", "{a40}", "{h32}", "{h40}", "{h64}", "{640}", "/{639}", "{643}=", "{u43}", "{a24}", "{g}", "{l32}"];

    private static readonly string[] ChosenNames = ["JWT_SECRET", "SESSION_SECRET", "COOKIE_SECRET", "SECRET_KEY", "CLIENT_SECRET"];

    private static readonly string[] Chosen = ["mysupersecretjwtkey", "Keyboard{U1}at{d2}", "s3cr3t{l6}!", "thisisnotsafe{d2}"];

    /// <summary>Ways to write a password into a script or document.</summary>
    private static readonly string[] Spellings =
    [
        "export DB_PASSWORD={v}", "DB_PASSWORD='{v}'", "DB_PASSWORD=\"{v}\" ./start.sh", "echo \"DB_PASSWORD={v}\" >> /etc/environment", "docker run -d -e DB_PASSWORD={v} app:1.2", "docker run -d --env 'POSTGRES_PASSWORD={v}' postgres:16", "mysql -u root --password={v} -h db.internal < schema.sql", "mysql -u root -p{v} -h db.internal",
        "mysqladmin -u root password '{v}'", "psql \"host=db user=app password={v} dbname=app\"", "PGPASSWORD={v} psql -h db -U app", "$env:DB_PASSWORD = \"{v}\"", "$password = '{v}'", "set DB_PASSWORD={v}", "setx DB_PASSWORD \"{v}\" /M", "[Environment]::SetEnvironmentVariable(\"DB_PASSWORD\", \"{v}\", \"Machine\")",
        "$cred = ConvertTo-SecureString \"{v}\" -AsPlainText -Force", "net user deploy {v} /add", "echo 'deploy:{v}' | chpasswd", "echo \"{v}\" | passwd --stdin deploy", "sshpass -p {v} ssh deploy@10.0.0.7 uptime", "curl -u admin:{v} https://nexus.internal/repository", "curl --user 'admin:{v}' https://nexus.internal/", "docker login -u ci -p {v} registry.internal",
        "aws configure set aws_secret_access_key {k}", "db:\n  user: app\n  password: {v}\n  host: db.internal", "database:\n  password: \"{v}\"", "{\"db\":{\"user\":\"app\",\"password\":\"{v}\",\"port\":5432}}", "cat > /etc/app.json <<EOF\n{\"Password\": \"{v}\"}\nEOF", "curl -d \"{\\\"user\\\":\\\"app\\\",\\\"password\\\":\\\"{v}\\\"}\" https://api.internal/login",
        "<datasource><user>app</user><password>{v}</password></datasource>", "<add key=\"DbPassword\" value=\"{v}\" />", "spring.datasource.password={v}", "db.password = {v}", "[client]\nuser = app\npassword = {v}", "define('DB_PASSWORD', '{v}');", "'password' => '{v}',", "java -Dspring.datasource.password={v} -jar app.jar", "./install --admin-user root --admin-password {v} --quiet",
        "ENV DB_PASSWORD {v}", "machine git.internal login ci password {v}", "mount -t cifs //nas/share /mnt -o username=svc,password={v}", "wget --http-user=ci --http-password={v} https://repo.internal/app.tgz", "openssl rsa -in key.pem -passin pass:{v} -out plain.pem", "redis-cli -h cache -a {v} ping", "requirepass {v}", "CREATE USER 'app'@'%' IDENTIFIED BY '{v}';", "ALTER USER app WITH PASSWORD '{v}';",
        "Start-Process app -ArgumentList '--password','{v}'", "chpasswd:\n  list: |\n    root:{v}\n  expire: false", "users:\n  - name: deploy\n    plain_text_passwd: '{v}'", "{\"Name\":\"DB_PASSWORD\",\"Value\":\"{v}\"}", "- name: DB_PASSWORD\n  value: \"{v}\"", "Invoke-Sqlcmd -ServerInstance db -Username sa -Password \"{v}\" -Query 'select 1'", "${DB_PASSWORD:-{v}}", "htpasswd -bc /etc/nginx/users admin {v}",
    ];

    /// <summary>Connections with a password, as variables hold them.</summary>
    private static readonly string[] Connections =
    [
        "postgres://app:{w}@db.internal:5432/app", "mysql://root:{w}@10.0.0.5/app?ssl=true", "mongodb+srv://svc:{w}@cluster0.abcde.mongodb.net/app", "redis://:{w}@cache.internal:6379/0", "amqps://mq:{w}@b-1.mq.eu-west-1.amazonaws.com:5671", "https://ci:{w}@git.internal/team/app.git", "Server=db;Database=app;User Id=sa;Password={w};Encrypt=true", "Data Source=db;Uid=app;Pwd={w}",
        "host=db port=5432 dbname=app user=app password={w} sslmode=require", "jdbc:postgresql://db:5432/app?user=app&password={w}", "jdbc:mysql://db/app?password={w}&useSSL=true", "jdbc:sqlserver://db:1433;databaseName=app;user=sa;password={w};", "jdbc:oracle:thin:app/{w}@db:1521:ORCL", "Driver={ODBC Driver 18 for SQL Server};Server=db;UID=app;PWD={{w}};", "snowflake://loader:{w}@acme.eu-west-1/db",
        "DefaultEndpointsProtocol=https;AccountName=acme;AccountKey={686}==;EndpointSuffix=core.windows.net", "Endpoint=sb://acme.servicebus.windows.net/;SharedAccessKeyName=root;SharedAccessKey={643}=", "https://acme.blob.core.windows.net/c?sv=2024-11-04&se=2027-01-01&sp=rl&sig={a40}%2B{a2}%3D", "Endpoint=https://acme.azconfig.io;Id=ab1-l0-s0:{a20};Secret={643}=", "cache.internal:6379,password={w},ssl=True",
    ];

    private static readonly string[] Headers = ["curl -H \"Authorization: Bearer {a40}\" https://api.internal/v1", "curl -H 'Authorization: Basic {640}' https://api.internal", "{\"headers\":{\"Authorization\":\"Bearer {u43}\"}}", "headers:\n  Authorization: token {h40}", "$h = @{ Authorization = 'Bearer {u43}' }"];

    /// <summary>Settings that only look like secrets.</summary>
    private static readonly (string Name, string Value)[] HarmlessSettings =
    [
        ("DB_PASSWORD", "arn:aws:secretsmanager:eu-west-1:{d12}:secret:prod/db-{a6}"), ("DB_PASSWORD", "{{resolve:secretsmanager:prod/db:SecretString:password}}"), ("DB_PASSWORD", "{{resolve:ssm-secure:/prod/db/password:1}}"), ("DB_PASSWORD", "${DB_PASSWORD}"), ("DB_PASSWORD", "/prod/db/password"), ("DB_PASSWORD", "prod/db/password"), ("DB_PASSWORD", "ssm:/prod/db/password"), ("DB_PASSWORD", "arn:aws:ssm:eu-west-1:{d12}:parameter/prod/db/password"),
        ("DB_PASSWORD", "vault:secret/data/db#password"), ("DB_PASSWORD", "<password>"), ("DB_PASSWORD", "********"), ("DB_PASSWORD", "REDACTED"), ("DB_PASSWORD", "REPLACE_ME"), ("DB_PASSWORD", "your-password-here"), ("DB_PASSWORD", "none"), ("DB_PASSWORD", "{{ db_password }}"), ("DB_PASSWORD", "%DB_PASSWORD%"), ("DB_PASSWORD", "AQICAH{6180}"), ("DB_PASSWORD", "ENC[AES256_GCM,data:{620},iv:{612},type:str]"), ("ADMIN_PASSWORD", "$2b$12${a53}"),
        ("DB_PASSWORD_ARN", "arn:aws:secretsmanager:us-east-1:{d12}:secret:db-{a6}"), ("DB_PASSWORD_SECRET_NAME", "prod-db-password"), ("DB_PASSWORD_FILE", "/run/secrets/db-password"), ("DB_SECRET", "MyDbSecret-{a6}"), ("DB_SECRET", "AppStack-DbSecret-{V12}"), ("SECRET", "prod/app/credentials"), ("DB_SECRET", "orders-v2-database-{l4}"), ("SECRET_NAME", "prod/orders/db-{a6}"), ("API_KEY_SSM", "/prod/api-key"),
        ("PASSWORD_MIN_LENGTH", "14"), ("PASSWORD_POLICY", "upper,lower,digit,12"), ("PASSWORD_RESET_URL", "https://app.example.com/reset?token_type=email"), ("FORGOT_PASSWORD", "https://app.example.com/forgot"), ("ALLOW_EMPTY_PASSWORD", "false"), ("SHOW_PASSWORD", "true"), ("PWD", "C:\\inetpub\\wwwroot"), ("PWD", "/var/task"), ("OLDPWD", "/home/ec2-user"), ("BYPASS", "internal"), ("COMPASS", "northwest"), ("PASSPORT", "enabled-2024"),
        ("TOKEN_URL", "https://login.example.com/oauth2/token"), ("TOKEN_ENDPOINT", "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_{a9}/token"), ("NEXT_TOKEN", "{640}"), ("IDEMPOTENCY_TOKEN", "{g}"), ("TOKEN_TTL", "3600"), ("MAX_TOKENS", "4096"), ("TOKEN_ISSUER", "https://sts.windows.net/{g}/"), ("CSRF_TOKEN_HEADER", "X-CSRF-Token"), ("SECRET_ROTATION_DAYS", "30"), ("TOKEN", "refresh-worker-v2"),
        ("KMS_KEY", "{g}"), ("KMS_KEY_ID", "arn:aws:kms:eu-west-1:{d12}:key/{g}"), ("ENCRYPTION_KEY", "{g}"), ("ENCRYPTION_KEY", "alias/prod-orders"), ("ENCRYPTION_KEY", "mrk-{h32}"), ("PARTITION_KEY", "tenant{d6}customerIdentifier"), ("CACHE_KEY", "orders:{h32}"), ("S3_KEY", "builds/2026/{h40}.zip"), ("OBJECT_KEY", "lambda/{h64}.zip"), ("PUBLIC_KEY", "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A{6200}"), ("IDEMPOTENCY_KEY", "{g}"),
        ("KEY", "customerOrderIdentifier2"), ("SORT_KEY", "createdAt2024OrderIndex1"), ("STRIPE_PUBLISHABLE_KEY", "pk_live_{a24}"), ("RECAPTCHA_SITE_KEY", "6L{u38}"), ("AWS_ACCESS_KEY_ID_PARAM", "/ci/access-key"), ("KEY_PAIR", "prod-bastion-2024"), ("SSH_KEY_NAME", "ops-{l8}-2025"), ("AUTH_TYPE", "AWS_IAM"), ("USER_POOL_ID", "eu-west-1_{a9}"), ("CLIENT_ID", "{l26}"), ("AZURE_CLIENT_ID", "{g}"), ("TENANT", "{g}"),
        ("IMAGE", "{d12}.dkr.ecr.eu-west-1.amazonaws.com/app@sha256:{h64}"), ("GIT_SHA", "{h40}"), ("COMMIT", "{h7}"), ("CHECKSUM", "{644}"), ("ETAG", "{h32}"), ("TRACE_ID", "1-{h8}-{h24}"), ("CERT_ARN", "arn:aws:acm:eu-west-1:{d12}:certificate/{g}"), ("QUEUE", "https://sqs.eu-west-1.amazonaws.com/{d12}/orders"), ("VPC", "vpc-{h17}"), ("DISTRIBUTION", "E{V13}"), ("TABLE", "AppStack-Orders{V8}-{V12}"), ("BUCKET", "app-artifacts-{d12}-eu-west-1"),
        ("BASE_URL", "https://api.example.com:8443/v1?region=eu"), ("REPOSITORY", "git@github.com:acme/app.git"), ("PROXY", "http://proxy.internal:3128"), ("DATABASE_URL", "postgres://db.internal:5432/app"), ("DATABASE_URL", "postgres://app:${DB_PASSWORD}@db.internal/app"), ("DATABASE_URL", "postgres://app:****@db.internal/app"), ("DATABASE_URL", "postgres://user:password@localhost/app"), ("JDBC_URL", "jdbc:postgresql://db:5432/app?user=app&sslmode=verify-full"), ("CONNECTION", "Server=db;Database=app;Integrated Security=SSPI;"), ("CONNECTION", "Server=db;User Id=app;Password={{password}};"),
        ("SSH_PUBLIC_KEY", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{643} ops@acme"), ("CA_CERT", "-----BEGIN CERTIFICATE-----\nMII{660}\n{664}\n-----END CERTIFICATE-----"), ("CONFIG_B64", "eyJyZWdpb24iOiJldS13ZXN0LTEiLCJyZXRyaWVzIjozLCJ0aW1lb3V0IjozMH0="), ("FEATURES", "{\"newCheckout\":true,\"limit\":{d4},\"passwordless\":true}"), ("LOG_FORMAT", "%(asctime)s %(levelname)s token=%(name)s"), ("SCOPES", "openid profile api/token.read"), ("SENTRY_RELEASE", "app@{h12}"), ("LAYER", "arn:aws:lambda:eu-west-1:{d12}:layer:secrets-extension:12"), ("NODE_OPTIONS", "--enable-source-maps --max-old-space-size=512"), ("SESSION_COOKIE_NAME", "acme.sid.{l6}"),
    ];

    /// <summary>Scripts and documents that only speak of secrets.</summary>
    private static readonly string[] HarmlessTexts =
    [
        "DB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id prod/db --query SecretString --output text)", "export TOKEN=`curl -X PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 21600'`", "curl -H \"X-aws-ec2-metadata-token: $TOKEN\" http://169.254.169.254/latest/meta-data/instance-id", "PASSWORD=$1\nmysql -u root -p\"$PASSWORD\" -e 'select 1'", "psql \"host=db password=${DB_PASSWORD} user=app\"", "mysql -u root --password=\"$DB_PASSWORD\" app",
        "curl -u \"$NEXUS_USER:$NEXUS_PASSWORD\" https://nexus.internal/", "aws ecr get-login-password --region eu-west-1 | docker login --username AWS --password-stdin {d12}.dkr.ecr.eu-west-1.amazonaws.com", "curl -H \"Authorization: Bearer ${TOKEN}\" https://api.internal", "password = os.environ[\"DB_PASSWORD\"]", "password = os.environ.get('DB_PASSWORD')", "const password = process.env.DB_PASSWORD;", "token = get_token(client_id, scope)", "connect(user=user, password=password, host=host)", "const apiKey = config.apiKey;",
        "# Password: must be at least 14 characters and hold a digit", "echo \"Enter password: \"; read -s PASSWORD", "Set the admin password in the console. Token: see the runbook.", "sed -i 's/^PasswordAuthentication yes/PasswordAuthentication no/' /etc/ssh/sshd_config", "passwd:     files sss\nshadow:     files sss", "password requisite pam_pwquality.so retry=3\npassword sufficient pam_unix.so sha512", "lock_passwd: true\nssh_pwauth: false", "if [ -z \"$DB_PASSWORD\" ]; then echo 'DB_PASSWORD is required'; exit 1; fi", "${DB_PASSWORD:?DB_PASSWORD must be set}",
        "{\"password\":{\"type\":\"string\",\"minLength\":14},\"token\":{\"type\":\"string\"}}", "{\"Password\":\"{{ssm-secure:/prod/db}}\",\"User\":\"app\"}", "MasterUserPassword: !Sub '{{resolve:secretsmanager:${DbSecret}::password}}'", "MasterUserPassword: !Ref DbPassword", "{\"Type\":\"Task\",\"Parameters\":{\"Token.$\":\"$$.Task.Token\",\"Password.$\":\"$.password\"}}", "valueFrom:\n  secretKeyRef:\n    name: db-credentials\n    key: password", "wget https://releases.example.com/app-1.2.tgz\necho \"{h64}  app-1.2.tgz\" | sha256sum -c", "docker pull app@sha256:{h64}",
        "$password = Read-Host -AsSecureString\n$token = Get-Secret -Name api", "$password = (Get-SECSecretValue -SecretId prod/db).SecretString", "random_password.db.result", "password = var.db_password\ntoken    = data.vault_generic_secret.db.data[\"token\"]", "git clone https://github.com/acme/app.git /opt/app && cd /opt/app && git checkout {h40}", "export AWS_DEFAULT_REGION=eu-west-1\nexport CLUSTER=prod-{l6}\nexport NODE_TOKEN_TTL=3600", "yum install -y amazon-cloudwatch-agent\n/opt/aws/amazon-cloudwatch-agent/bin/ctl -a fetch-config -m ec2 -c ssm:/cw/config",
        "net user administrator /active:yes", "docker login -u AWS -p $(aws ecr get-login-password) registry", "<password>${db.password}</password>", "spring.datasource.password=${DB_PASSWORD}", "db.password=@db.password@", "htpasswd -bc /etc/nginx/users admin \"$ADMIN_PASSWORD\"", "usermod -p '$6$rounds=5000${a16}${a86}' deploy", "/etc/eks/bootstrap.sh prod --b64-cluster-ca LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t{6200} --apiserver-endpoint https://{V32}.gr7.eu-west-1.eks.amazonaws.com",
    ];

    /// <summary>All groups, each several times with other letters.</summary>
    /// <param name="seed">The same seed makes the same corpus.</param>
    /// <param name="times">How often each group.</param>
    public static IReadOnlyList<CorpusEntry> Make(int seed, int times) => [.. Enumerable.Range(0, times).SelectMany(time => Once(new Random(unchecked((seed * 1000) + time))))];

    private static IEnumerable<CorpusEntry> Once(Random random)
    {
        foreach (var key in Published)
        {
            var (name, value) = Any(random, Carriers);
            yield return new("published " + key, name, value.Replace("{v}", Filled(random, key), StringComparison.Ordinal), true);
        }

        foreach (var name in PasswordNames)
        {
            yield return new("password beside " + name, name, Filled(random, Any(random, Passwords)), true);
        }

        foreach (var name in SecretNames)
        {
            yield return new("secret beside " + name, name, Filled(random, Any(random, Random)), true);
        }

        foreach (var name in ChosenNames)
        {
            yield return new("chosen beside " + name, name, Filled(random, Any(random, Chosen)), true);
        }

        foreach (var spelling in Spellings)
        {
            yield return new("spelled " + spelling, "", "#!/bin/sh\n" + spelling.Replace("{v}", Plain(random), StringComparison.Ordinal).Replace("{k}", Filled(random, "{640}"), StringComparison.Ordinal) + "\ndone\n", true);
        }

        foreach (var connection in Connections)
        {
            yield return new("connection " + connection, Any(random, ["DATABASE_URL", "CONNECTION", "UPSTREAM"]), Filled(random, connection.Replace("{w}", Plain(random), StringComparison.Ordinal)), true);
        }

        foreach (var header in Headers)
        {
            yield return new("header " + header, "", Filled(random, header), true);
        }

        yield return new("encoded key file", "GOOGLE_CREDENTIALS", Encoded($$"""{"type":"service_account","private_key":"-----BEGIN PRIVATE KEY-----\n{{Filled(random, "{664}")}}\n-----END PRIVATE KEY-----\n"}"""), true);
        yield return new("encoded script", "SCRIPT", Encoded("export AWS_REGION=eu-west-1\nexport DB_PASSWORD=" + Plain(random) + "\n"), true);
        foreach (var (name, value) in HarmlessSettings)
        {
            yield return new($"harmless {name}={value}", name, Filled(random, value), false);
        }

        foreach (var text in HarmlessTexts)
        {
            yield return new("harmless " + text, "", "#!/bin/sh\n" + Filled(random, text) + "\n", false);
        }
    }

    /// <summary>A password that every way of writing takes as it is.</summary>
    private static string Plain(Random random) => Filled(random, Any(random, ["Summer20{d2}!", "{a16}", "Pr0d-{l4}-{d4}", "P@ssw0rd{d2}".Replace('@', 'a'), "{l5}{U3}{d3}", "hunter{d3}", "changeme"]));

    private static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text.Length % 3 == 0 ? text : text + new string(' ', 3 - (text.Length % 3))));

    private static T Any<T>(Random random, IReadOnlyList<T> of) => of[random.Next(of.Count)];

    /// <summary>Fills <c>{a36}</c> and its like with letters of the alphabet; other braces stay.</summary>
    private static string Filled(Random random, string form) => System.Text.RegularExpressions.Regex.Replace(
        form, "\\{(?:(?<alphabet>[aAbBdhlUVu6s])(?<length>[0-9]+)|g)\\}",
        part => part.Value == "{g}"
            ? string.Join("-", new[] { 8, 4, 4, 4, 12 }.Select(length => Letters(random, Hex, length)))
            : Letters(random, Alphabet(part.Groups["alphabet"].Value[0]), int.Parse(part.Groups["length"].Value, System.Globalization.CultureInfo.InvariantCulture)));

    private static string Alphabet(char letter) => letter switch
    {
        'B' => Upper + "234567",
        'd' => Digits,
        'h' => Hex,
        'l' => Lower + Digits,
        'U' => Upper,
        'V' => Upper + Digits,
        'u' => Url,
        '6' => Base64,
        's' => Alphanumeric + "!#%*+-.=?@^_~",
        _ => Alphanumeric,
    };

    private static string Letters(Random random, string alphabet, int length)
    {
        // A sign at either end would not be the key's own.
        var text = new StringBuilder();
        for (var at = 0; at < length; at++)
        {
            var letters = at == 0 || at == length - 1 ? string.Concat(alphabet.Where(char.IsLetterOrDigit)) : alphabet;
            text.Append(letters[random.Next(letters.Length)]);
        }

        return text.ToString();
    }
}
