/** The generator's own theme, with room for pages that are one wide table. */
import theme from 'vitepress/theme';
import './wide.css';

export default theme;
