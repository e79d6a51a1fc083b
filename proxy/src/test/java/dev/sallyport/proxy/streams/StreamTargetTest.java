package dev.sallyport.proxy.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class StreamTargetTest {

  private static final String POD = "/api/v1/namespaces/shop/pods/web/";

  private static StreamTarget target(String rest) {
    return Objects.requireNonNull(StreamTarget.of(POD + rest));
  }

  @Test
  void readsKindAndPod() {
    StreamTarget exec = target("exec?command=ls&command=-l&container=main");
    assertEquals(StreamTarget.Kind.EXEC, exec.kind());
    assertEquals("shop", exec.namespace());
    assertEquals("web", exec.pod());
    assertEquals("ls", exec.parameter("command"));
    assertNull(exec.parameter("tty"));
    assertEquals(StreamTarget.Kind.ATTACH, target("attach").kind());
    assertEquals(StreamTarget.Kind.PORTFORWARD, target("portforward?ports=80").kind());
  }

  @Test
  void nothingElseIsAStream() {
    assertNull(StreamTarget.of(POD + "log"));
    assertNull(StreamTarget.of("/api/v1/namespaces/shop/services/web/exec"));
    assertNull(StreamTarget.of("/apis/apps/v1/namespaces/shop/pods/web/exec"));
    assertNotNull(StreamTarget.of(POD + "exec"));
  }

  /** As Rancher has clusters, and a service's proxy whatever is behind it. */
  @Test
  void aPrefixHidesNothing() {
    StreamTarget found = StreamTarget.of("/k8s/clusters/c-1" + POD + "exec?command=ls");
    assertEquals("web", Objects.requireNonNull(found).pod());
    assertEquals("ls", found.parameter("command"));
  }

  @Test
  void portsAreOneOrSeveralInEachParameter() throws StreamException {
    assertEquals(List.of(80, 443, 8080), target("portforward?ports=80,443&a=b&ports=8080").ports());
    String many = "1,".repeat(32) + "1";
    assertThrows(StreamException.class, () -> target("portforward?ports=" + many).ports());
  }

  /** Another spelling of the same path must not be another thing. */
  @Test
  void encodedAndDoubledPartsAreTheSame() {
    assertEquals(StreamTarget.Kind.EXEC, target("%65xec/").kind());
    assertEquals(StreamTarget.Kind.EXEC, target("/exec").kind());
    assertEquals("web", target("%65xec").pod());
  }

  /** Output is on unless it is turned off; a terminal has no stderr of its own. */
  @Test
  void channelsAreThoseOfTheParameters() {
    assertEquals(
        EnumSet.of(CommandChannel.STDOUT, CommandChannel.STDERR, CommandChannel.ERROR),
        target("exec?command=ls").channels());
    assertEquals(
        EnumSet.of(
            CommandChannel.STDIN,
            CommandChannel.STDOUT,
            CommandChannel.ERROR,
            CommandChannel.RESIZE),
        target("exec?stdin=true&stdout=true&stderr=true&tty=1").channels());
    assertEquals(EnumSet.of(CommandChannel.ERROR), target("exec?stdout=false&stderr=0").channels());
  }
}
