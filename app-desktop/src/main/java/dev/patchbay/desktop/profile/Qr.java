package dev.patchbay.desktop.profile;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.Map;
import javafx.scene.image.Image;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;

/// Text as a QR code (ISO/IEC 18004), black on white with its quiet zone, whatever the theme: cameras want it so.
final class Qr {
    private static final int QUIET = 4;

    private Qr() {}

    /// @param pixels about how wide; each module is a whole number of pixels
    static Image of(String text, int pixels) {
        BitMatrix modules;
        try {
            modules = new QRCodeWriter()
                    .encode(
                            text,
                            BarcodeFormat.QR_CODE,
                            0,
                            0,
                            Map.of(
                                    EncodeHintType.MARGIN,
                                    QUIET,
                                    EncodeHintType.ERROR_CORRECTION,
                                    ErrorCorrectionLevel.M,
                                    EncodeHintType.CHARACTER_SET,
                                    "UTF-8"));
        } catch (WriterException e) {
            throw new IllegalArgumentException("the text is too long for a QR code", e);
        }
        int scale = Math.max(1, pixels / modules.getWidth());
        WritableImage image = new WritableImage(modules.getWidth() * scale, modules.getHeight() * scale);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.getPixelWriter().setColor(x, y, modules.get(x / scale, y / scale) ? Color.BLACK : Color.WHITE);
            }
        }
        return image;
    }
}
