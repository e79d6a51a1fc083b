package dev.sallyport.server.live;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.ConfigException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** A start that fails late ends, on whatever thread the last step of it was taken. */
final class TakenPortTest {

  @TempDir Path folder;

  @RepeatedTest(3)
  void aTakenPortOfTheProxysOwnEndsTheStart() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      ExecutionException e =
          assertThrows(
              ExecutionException.class,
              () ->
                  LiveServer.start(
                          folder,
                          "",
                          "--upstream=http://127.0.0.1:1",
                          "--authorization-mode=RBAC",
                          "--proxy-endpoints-port=" + port)
                      .close());
      ConfigException fault = assertInstanceOf(ConfigException.class, e.getCause());
      assertTrue(
          fault.faults().get(0).toString().startsWith("--proxy-endpoints-port: \"" + port),
          fault.toString());
    }
  }
}
