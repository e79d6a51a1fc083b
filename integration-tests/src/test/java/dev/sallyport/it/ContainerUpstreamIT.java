package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** Sallyport before a service in a container. */
@Needs({"docker", "nginx"})
final class ContainerUpstreamIT {

  private static final String CONFIGURATION =
      """
      user root; daemon off; master_process off; pid /tmp/pid; error_log /dev/stderr;
      events { worker_connections 64; }
      http {
        access_log off;
        client_body_temp_path /tmp/b; proxy_temp_path /tmp/p; fastcgi_temp_path /tmp/f;
        uwsgi_temp_path /tmp/u; scgi_temp_path /tmp/s;
        server { listen 8080; location / { return 200 "hello $http_x_remote_user"; } }
      }
      """;

  @TempDir Path folder;

  @BeforeAll
  static void needsAnEngine() {
    System.setProperty("api.version", "1.41");
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      Tool.missing("no Docker engine answers on this machine");
    }
  }

  @Test
  void proxiesToAContainer() throws IOException {
    String image =
        LocalImage.ofNginx(Files.createDirectory(folder.resolve("image")), CONFIGURATION);
    Files.writeString(folder.resolve("tokens.csv"), "t-ann,ann,u1,system:masters\n");
    try (GenericContainer<?> nginx =
        new GenericContainer<>(DockerImageName.parse(image)).withExposedPorts(8080)) {
      nginx.start();
      try (SallyportProcess server =
          SallyportProcess.start(
              folder,
              "--token-auth-file=tokens.csv",
              "--upstream=http://127.0.0.1:" + nginx.getMappedPort(8080))) {
        PlainHttps.Reply reply =
            PlainHttps.trustingAll().get(server.url("/hi"), "Authorization", "Bearer t-ann");
        assertEquals(200, reply.status(), reply.body());
        assertEquals("hello ann", reply.body());
      }
    }
  }
}
