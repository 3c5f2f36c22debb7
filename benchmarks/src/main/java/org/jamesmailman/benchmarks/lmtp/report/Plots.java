// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp.report;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Rectangle;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.NumberFormat;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jamesmailman.benchmarks.lmtp.Cell;
import org.jamesmailman.benchmarks.lmtp.Measurement;
import org.jamesmailman.benchmarks.lmtp.Plan;
import org.jamesmailman.benchmarks.lmtp.Results;
import org.jamesmailman.benchmarks.lmtp.sides.Sides.Kind;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Draws what was measured, as SVG. */
public final class Plots {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 420;

    /** Told apart also by who sees no red or no green; Okabe and Ito's. */
    private static final Map<Kind, Color> COLOURS = new EnumMap<>(Map.of(
            Kind.OURS, new Color(0xD5, 0x5E, 0x00),
            Kind.DISK, Color.BLACK,
            Kind.DOVECOT, new Color(0x00, 0x72, 0xB2),
            Kind.MAILMAN, new Color(0x00, 0x9E, 0x73),
            Kind.SINK, new Color(0xCC, 0x79, 0xA7),
            Kind.INJECT, new Color(0xE6, 0x9F, 0x00)));

    private final Results results;
    private final Path folder;

    /** @param folder where the files go, which is made if it is not there */
    public Plots(Results results, Path folder) {
        this.results = results;
        this.folder = folder;
    }

    /** Writes them all anew. */
    public void write() throws IOException {
        Files.createDirectories(folder);
        write("rate-by-sessions.svg", bySessions("messages/s", "messages/s", Measurement::rate));
        write("p99-by-sessions.svg", bySessions("99th percentile, dot to reply", "ms", Measurement::p99));
        write("rate-by-lists.svg", byLists());
    }

    private JFreeChart bySessions(String title, String unit, ToDoubleFunction<Measurement> what) {
        Lines lines = new Lines();
        for (Kind side : Kind.values()) {
            lines.add(
                    side,
                    results.cells().stream()
                            .filter(cell -> cell.side() == side
                                    && cell.workload()
                                            .equals(Plan.with(cell.workload().sessions()))
                                    && (cell.lists() == Plan.FEW_LISTS || !side.knowsLists()))
                            .toList(),
                    cell -> cell.workload().sessions(),
                    what);
        }
        return lines.chart(title + ", 4 KB, kept connections, 10 lists", axis("sessions", 2), axis(unit, 10));
    }

    private JFreeChart byLists() {
        Lines lines = new Lines();
        for (Kind side : List.of(Kind.OURS, Kind.MAILMAN)) {
            lines.add(
                    side,
                    results.cells().stream()
                            .filter(cell ->
                                    cell.side() == side && cell.workload().equals(Plan.BASE))
                            .toList(),
                    Cell::lists,
                    Measurement::rate);
        }
        return lines.chart("messages/s, 4 KB, 8 kept sessions", axis("lists", 10), axis("messages/s", 10));
    }

    private static LogAxis axis(String label, int base) {
        LogAxis axis = new LogAxis(label);
        axis.setBase(base);
        axis.setNumberFormatOverride(NumberFormat.getNumberInstance(Locale.ROOT));
        // One step of the exponent.
        axis.setTickUnit(new NumberTickUnit(1));
        axis.setMinorTickMarksVisible(false);
        return axis;
    }

    /** The lines of one plot. */
    private final class Lines {
        private final XYSeriesCollection data = new XYSeriesCollection();
        private final XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);

        void add(Kind side, List<Cell> cells, ToIntFunction<Cell> across, ToDoubleFunction<Measurement> what) {
            if (cells.isEmpty()) {
                return;
            }
            XYSeries line = new XYSeries(side.words());
            cells.forEach(cell -> line.add(across.applyAsInt(cell), Results.median(results.of(cell), what)));
            renderer.setSeriesPaint(data.getSeriesCount(), COLOURS.get(side));
            data.addSeries(line);
        }

        JFreeChart chart(String title, LogAxis across, LogAxis up) {
            JFreeChart chart = ChartFactory.createXYLineChart(title, across.getLabel(), up.getLabel(), data);
            chart.setBackgroundPaint(Color.WHITE);
            XYPlot plot = chart.getXYPlot();
            plot.setBackgroundPaint(Color.WHITE);
            plot.setDomainGridlinePaint(Color.LIGHT_GRAY);
            plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
            plot.setDomainAxis(across);
            plot.setRangeAxis(up);
            plot.setRenderer(renderer);
            return chart;
        }
    }

    private void write(String name, JFreeChart chart) throws IOException {
        if (chart.getXYPlot().getSeriesCount() == 0) {
            return;
        }
        try (Writer file = Files.newBufferedWriter(folder.resolve(name), StandardCharsets.UTF_8)) {
            SVGGraphics2D graphics = new SVGGraphics2D(DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument("http://www.w3.org/2000/svg", "svg", null));
            chart.draw(graphics, new Rectangle(WIDTH, HEIGHT));
            graphics.setSVGCanvasSize(new Dimension(WIDTH, HEIGHT));
            graphics.stream(file, false);
        } catch (ParserConfigurationException e) {
            throw new IOException("this Java cannot make an XML document", e);
        }
    }
}
