package dev.sallyport.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The flag that serves revocations is there at one start and gone at the next. */
final class ForgottenRevocationTest {
  private static final String PATH = "/apis/sallyport.dev/v1alpha1/credentialrevocations";

  @TempDir Path folder;

  private LiveServer start(String... flags) throws Exception {
    String[] all = new String[flags.length + 1];
    System.arraycopy(flags, 0, all, 1, flags.length);
    all[0] = "--storage-engine=embedded";
    return LiveServer.start(folder, "", all);
  }

  @Test
  void aStartThatWouldLetThemInAgainIsRefusedUntilTheyAreDeleted() throws Exception {
    try (LiveServer server = start("--credential-revocation")) {
      String called =
          "{'apiVersion':'sallyport.dev/v1alpha1','kind':'CredentialRevocation',"
              + "'metadata':{'name':'lost'},'spec':{'token':{'id':'t1'}}}";
      assertEquals(201, server.json("master", "POST", PATH, called).status());
    }

    Exception refused = assertThrows(ExecutionException.class, () -> start().close());

    String told = String.valueOf(refused.getMessage());
    assertTrue(told.contains("--credential-revocation: \"false\" (expected: true"), told);
    assertTrue(told.contains("lost"), told);
    try (LiveServer server = start("--credential-revocation")) {
      assertEquals(200, server.json("master", "DELETE", PATH + "/lost", "").status());
    }
    // The history still has them, and is no damage.
    try (LiveServer server = start()) {
      assertEquals(404, server.json("master", "GET", PATH, "").status());
    }
  }
}
