using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Freezing.Process;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Tests.Freezing.Process;

public sealed class NoticeCodecTests
{
    [Fact]
    public void A_notice_arrives_as_it_was_sent()
    {
        var notice = new FreezeNotice
        {
            Kind = FreezeNoticeKind.Ended,
            Probe = 7,
            Release = FreezeRelease.Limit,
            FrozenAt = new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero),
            ReleasedAfter = TimeSpan.FromSeconds(10),
            Elapsed = TimeSpan.FromSeconds(11),
            Targets =
            [
                new FreezeStatus
                {
                    Phase = FreezePhase.Thawed, FreezeErrno = Errno.None, FreezeStart = TimeSpan.FromTicks(1), FreezeEnd = TimeSpan.FromTicks(2), IsLate = true,
                    Probe = 3, ProbeErrno = Errno.EIO, ThawErrno = Errno.EINVAL, ThawStart = TimeSpan.FromTicks(4), ThawEnd = TimeSpan.FromTicks(5),
                },
                new FreezeStatus { Phase = FreezePhase.Refused, FreezeErrno = Errno.EBUSY },
            ],
        };
        var bytes = new byte[NoticeCodec.SizeOf(2)];
        NoticeCodec.Write(bytes, notice);
        var read = NoticeCodec.Read(bytes);
        Assert.Equivalent(notice, read, strict: true);
        Assert.Equal(notice.Targets, read.Targets);
    }

    [Fact]
    public void What_is_absent_stays_absent()
    {
        var notice = new FreezeNotice { Kind = FreezeNoticeKind.Released, Probe = 0, Release = FreezeRelease.Asked, FrozenAt = null, ReleasedAfter = null, Elapsed = default, Targets = [] };
        var bytes = new byte[NoticeCodec.SizeOf(0)];
        NoticeCodec.Write(bytes, notice);
        Assert.Null(NoticeCodec.Read(bytes).FrozenAt);
        Assert.Null(NoticeCodec.Read(bytes).ReleasedAfter);
    }
}
