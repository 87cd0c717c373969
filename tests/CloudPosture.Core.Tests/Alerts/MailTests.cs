using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using CloudPosture.Alerts;
using CloudPosture.Alerts.Receivers;
using CloudPosture.Errors;
using MimeKit;

namespace CloudPosture.Tests.Alerts;

/// <summary>Mail reaches a server as one message that people can read, and no secret goes where it does not belong.</summary>
public sealed class MailTests
{
    [Fact]
    public async Task MailHoldsTextAndHtmlInWhichNamesAreText()
    {
        using var server = new SmtpReceiver();
        await Receiver(server).SendAsync(AlertSamples.MessageOf([.. AlertSamples.Hostile, AlertSamples.Failure(1) with { ResourceName = "<script>alert(1)</script>" }]), default);
        using var mail = Read(Assert.Single(server.Mails));

        Assert.Equal(["security@example.com", "ops@example.com"], mail.To.Mailboxes.Select(one => one.Address));
        Assert.StartsWith("CloudPosture: ", mail.Subject);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.DoesNotContain("<script", mail.HtmlBody);
        Assert.DoesNotContain("<img", mail.HtmlBody);
        Assert.Contains("&lt;script&gt;", mail.HtmlBody);
        Assert.Contains("<script>alert(1)</script>", mail.TextBody);
        Assert.DoesNotContain("\u001b", mail.TextBody);
    }

    [Fact]
    public async Task WhoSignsInIsKnown()
    {
        using var server = new SmtpReceiver { Password = "c0rrect-horse" };
        await Receiver(server, "c0rrect-horse").SendAsync(AlertSamples.MessageOf(AlertSamples.Failure(1)), default);

        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task AWrongPasswordIsRefusedAndNotShown()
    {
        using var server = new SmtpReceiver { Password = "another" };
        var problem = await Assert.ThrowsAsync<AlertException>(() => Receiver(server, "wr0ng-horse").SendAsync(AlertSamples.MessageOf(AlertSamples.Failure(1)), default));

        Assert.DoesNotContain("wr0ng-horse", problem.ToString());
        Assert.Contains("user's name or password", problem.Message);
        Assert.Equal("SmtpCredential", problem.Advice?.Id);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task ACertificateThatNobodyTrustsIsSentNoPassword()
    {
        using var server = new SmtpReceiver(hasTls: true) { Password = "c0rrect-horse" };
        var problem = await Assert.ThrowsAsync<AlertException>(() => Receiver(server, "c0rrect-horse").SendAsync(AlertSamples.MessageOf(AlertSamples.Failure(1)), default));

        Assert.Contains("certificate", problem.Message);
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AServerThatRefusesIsTold()
    {
        using var server = new SmtpReceiver { RefusesRecipients = true };
        var problem = await Assert.ThrowsAsync<AlertException>(() => Receiver(server).SendAsync(AlertSamples.MessageOf(AlertSamples.Failure(1)), default));

        Assert.Contains("nobody here by that name", problem.Message);
        Assert.Empty(server.Mails);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("a@example.com\r\nBcc: b@example.com")]
    [InlineData("")]
    public void OnlyAddressesAreWrittenTo(string address) =>
        Assert.Throws<SettingException>(() => new MailReceiver(new MailServer { Host = "localhost" }, "posture@example.com", [address]));

    private static MailReceiver Receiver(SmtpReceiver server, string? password = null) => new(
        new MailServer { Host = "127.0.0.1", Port = server.Port, UserName = password is null ? null : "posture", Password = password is null ? null : new Secret(password) },
        "CloudPosture <posture@example.com>",
        ["security@example.com", "ops@example.com"]);

    private static MimeMessage Read(string mail) => MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(mail)));
}
