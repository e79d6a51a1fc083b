package dev.sallyport.authn.token.serviceaccount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonWebKeysTest {

  /** A key and what kube-apiserver published of it. */
  @Test
  void publishesAnRsaKeyAsKubernetesDoes() throws Exception {
    String spki =
        "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAzt+98ZVHRSM0pZt8jZ0wXfdacveEw5EYgB8UpB4xgUX0"
            + "hcuGNtcvt8J2cYqzlWE8MlRcdnPkBMI6gfu3OdqUKTy0KHvwaYzb/1v7eNGXNi32j032o/qYFzQf/bD0mTYY"
            + "mo4vd+t3OX1rNMPaXcSWPRjuxVcnexeOyN5lz8/8mf0I84X3E+2CvMhKHFk2oLIA/hZAyIscgwKiBYbJciRs"
            + "PhAb+0bogyZ6nwmzFtDnJT9B+2SSlyrd5peS1vE7V3k+bE2CSZ326d2eZpqrJnjyoT+OUsLuySknU7uXbaui"
            + "JIsxaFsxZ9nDnujvLjn0IJPGljNLM+j06cdXMB3+tM+QRwIDAQAB";
    PublicKey key =
        KeyFactory.getInstance("RSA")
            .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(spki)));
    assertEquals(
        "{\"keys\":[{\"use\":\"sig\",\"kty\":\"RSA\","
            + "\"kid\":\"zowns8z1EDBHEQE22FrIUWCrHFbeZmggoaUizG3VQoo\",\"alg\":\"RS256\","
            + "\"n\":\"zt-98ZVHRSM0pZt8jZ0wXfdacveEw5EYgB8UpB4xgUX0hcuGNtcvt8J2cYqzlWE8MlRcdnPkBMI6gfu3"
            + "OdqUKTy0KHvwaYzb_1v7eNGXNi32j032o_qYFzQf_bD0mTYYmo4vd-t3OX1rNMPaXcSWPRjuxVcnexeOyN5lz8_8"
            + "mf0I84X3E-2CvMhKHFk2oLIA_hZAyIscgwKiBYbJciRsPhAb-0bogyZ6nwmzFtDnJT9B-2SSlyrd5peS1vE7V3k-"
            + "bE2CSZ326d2eZpqrJnjyoT-OUsLuySknU7uXbauiJIsxaFsxZ9nDnujvLjn0IJPGljNLM-j06cdXMB3-tM-QRw\","
            + "\"e\":\"AQAB\"}]}",
        JsonWebKeys.json(new VerificationKeys(List.of(key, key))));
  }

  @Test
  void publishesTheWholeWidthOfACurve() {
    ECPublicKey key = (ECPublicKey) TestTokens.EC.getPublic();
    String json = JsonWebKeys.json(new VerificationKeys(List.of(key)));
    assertTrue(json.contains("\"kty\":\"EC\"") && json.contains("\"alg\":\"ES256\""), json);
    int x = json.indexOf("\"x\":\"") + 5;
    byte[] octets = Base64.getUrlDecoder().decode(json.substring(x, json.indexOf('"', x)));
    assertEquals(32, octets.length);
    assertEquals(key.getW().getAffineX(), new BigInteger(1, octets));
  }
}
